import { z } from 'zod';
import type { ImportKind } from '../../infra/http/imports/import-kind.js';
import { readRowByRow } from '../../infra/http/imports/row-by-row.js';
import { forbidAll } from '../campaigns/do-not-call.js';
import { oneLine, partyNumber } from '../fields.js';
import { ownOf } from '../owner.js';
import { fieldsAs } from './fields-as.js';

const row = z.object({ number: partyNumber, reason: oneLine(200).default('imported') });

/** A list of numbers that must not be called, as authorities and customers hand it over. A number that is on the list stays as it is. */
export const doNotCallImport: ImportKind<Readonly<Record<string, never>>> = {
  kind: 'do-not-call',
  policy: 'campaigns.manage',
  options: z.strictObject({}),
  columns: '`number`; `reason` may be left out',
  read: (run) =>
    readRowByRow<z.output<typeof row>>(run, {
      required: ['number'],
      optional: ['reason'],
      row: fieldsAs(row),
      write: (tx, rows) => forbidAll(tx, ownOf(run.by), rows, run.by.accountId),
    }),
};
