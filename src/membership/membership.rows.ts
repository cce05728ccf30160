import { TableRows } from '../infra/db/table-rows.js';

export interface MemberRow {
  readonly id: string;
  readonly kind: 'person' | 'company';
  readonly name: string;
  readonly language: string;
  readonly country: string;
  readonly area: string | null;
  readonly status: 'active' | 'suspended' | 'closed' | 'erased';
  /** Of a company's branch, and of a person of the company. */
  readonly companyId: string | null;
  readonly createdAt: Date;
}
export const MEMBERS = new TableRows<MemberRow>(
  'member',
  ['id'],
  ['id', 'kind', 'name', 'language', 'country', 'area', 'status', 'companyId', 'createdAt'],
);

/** A phone; its digest is never read by anybody but Asterisk. */
export interface DeviceRow {
  readonly id: string;
  readonly memberId: string;
  readonly username: string;
  readonly label: string;
  readonly kind: 'sip' | 'webrtc';
  readonly country: string;
  readonly area: string | null;
  readonly locationNumber: string;
  readonly enabled: boolean;
  readonly createdAt: Date;
}
export const DEVICES = new TableRows<DeviceRow>(
  'device',
  ['id'],
  [
    'id',
    'memberId',
    'username',
    'label',
    'kind',
    'country',
    'area',
    'locationNumber',
    'enabled',
    'createdAt',
  ],
);

/** What all claims have in common: whose it is, and since when it is proved (null: not yet). */
export interface Claim {
  readonly id: string;
  readonly memberId: string;
  readonly verifiedAt: Date | null;
}
export interface ContactNumberRow extends Claim {
  readonly e164: string;
  readonly label: string;
}
export const CONTACT_NUMBERS = new TableRows<ContactNumberRow>(
  'contact_number',
  ['id'],
  ['id', 'memberId', 'e164', 'label', 'verifiedAt'],
);
export interface CarrierNumberRow extends Claim {
  readonly carrierId: string;
  readonly number: string;
}
export const CARRIER_NUMBERS = new TableRows<CarrierNumberRow>(
  'carrier_number',
  ['id'],
  ['id', 'memberId', 'carrierId', 'number', 'verifiedAt'],
);
export interface EmailRow extends Claim {
  readonly address: string;
}
export const EMAILS = new TableRows<EmailRow>(
  'email_identity',
  ['id'],
  ['id', 'memberId', 'address', 'verifiedAt'],
);
export interface DomainRow extends Claim {
  readonly domain: string;
}
export const DOMAINS = new TableRows<DomainRow>(
  'domain_identity',
  ['id'],
  ['id', 'memberId', 'domain', 'verifiedAt'],
);

export interface CallSettingRow {
  readonly memberId: string;
  readonly doNotDisturb: boolean;
  readonly forwardAlways: string | null;
  readonly forwardBusy: string | null;
  readonly forwardNoAnswer: string | null;
  readonly ringSeconds: number;
  readonly callWaiting: boolean;
  readonly hideNumber: boolean;
  /** Callers from outside may be put through to the outside, at his cost. */
  readonly transferOut: boolean;
  readonly voicemail: boolean;
  readonly maxCalls: number | null;
  readonly maxCallsPerSecond: number | null;
}
export const CALL_SETTINGS = new TableRows<CallSettingRow>(
  'call_setting',
  ['memberId'],
  [
    'memberId',
    'doNotDisturb',
    'forwardAlways',
    'forwardBusy',
    'forwardNoAnswer',
    'ringSeconds',
    'callWaiting',
    'hideNumber',
    'transferOut',
    'voicemail',
    'maxCalls',
    'maxCallsPerSecond',
  ],
);
