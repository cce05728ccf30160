import { TableRows } from '../../infra/db/table-rows.js';
import type { Owner } from '../owner.js';

/** One customer of a company's centre. What is null is not known of him. */
export interface CustomerRow {
  readonly id: string;
  readonly owner: Owner;
  readonly memberId: string | null;
  readonly name: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly timeZone: string | null;
  readonly email: string | null;
  readonly calls: number;
  readonly lastCallAt: Date | null;
  readonly createdAt: Date;
}

export const CUSTOMERS = new TableRows<CustomerRow>(
  'customer',
  ['id'],
  [
    'id',
    'owner',
    'memberId',
    'name',
    'language',
    'country',
    'timeZone',
    'email',
    'calls',
    'lastCallAt',
    'createdAt',
  ],
);

export interface NoteRow {
  readonly id: string;
  readonly customerId: string;
  readonly callId: string | null;
  readonly accountId: string;
  readonly author: string;
  readonly text: string;
  readonly createdAt: Date;
}
export const NOTES = new TableRows<NoteRow>(
  'customer_note',
  ['id'],
  ['id', 'customerId', 'callId', 'accountId', 'author', 'text', 'createdAt'],
);
