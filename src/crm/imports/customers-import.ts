import { z } from 'zod';
import type { Tx } from '../../infra/db/tx.js';
import type { ImportKind } from '../../infra/http/imports/import-kind.js';
import { readRowByRow } from '../../infra/http/imports/row-by-row.js';
import { newId } from '../../kernel/ids.js';
import { countryCode, languageTag, oneLine, partyNumber, timeZone } from '../fields.js';
import { type Owner, ownOf } from '../owner.js';
import { fieldsAs } from './fields-as.js';

const row = z.object({
  number: partyNumber,
  name: oneLine(200).optional(),
  language: languageTag.optional(),
  country: countryCode.optional(),
  time_zone: timeZone.optional(),
  email: z.email('must be an e-mail address').max(254).optional(),
});
type Row = z.output<typeof row>;

/** A centre's customers from another system: known by their number; what a line leaves empty stays as it is. */
export const customersImport: ImportKind<Readonly<Record<string, never>>> = {
  kind: 'customers',
  policy: 'desk.manage',
  options: z.strictObject({}),
  columns: '`number`; `name`, `language`, `country`, `time_zone`, `email` may be left out',
  read: (run) =>
    readRowByRow<z.output<typeof row>>(run, {
      required: ['number'],
      optional: ['name', 'language', 'country', 'time_zone', 'email'],
      row: fieldsAs(row),
      write: (tx, rows) => putCustomers(tx, ownOf(run.by), rows),
    }),
};

/** The last line of a number counts. One call at a time begins or imports a card of this owner's: see `cardOf`. */
async function putCustomers(tx: Tx, owner: Owner, rows: readonly Row[]): Promise<void> {
  const last = [...new Map(rows.map((one) => [one.number, one])).values()];
  const column = (name: keyof Row) => last.map((one) => one[name] ?? null);
  const numbers = last.map(({ number }) => number);
  await tx.rows(
    'SELECT pg_advisory_xact_lock(key) FROM (SELECT hashtextextended($1 || n, 0) AS key FROM unnest($2::text[]) n ORDER BY 1) k',
    [`customer ${owner} `, numbers],
  );
  await tx.run(
    `WITH line AS (
       SELECT l.*, coalesce(known.customer_id, l.fresh) AS id, known.customer_id IS NULL AS is_new
         FROM unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
              AS l (number, fresh, name, language, country, time_zone, email)
         LEFT JOIN customer_number known ON known.owner = $1 AND known.number = l.number),
     changed AS (
       UPDATE customer c SET name = coalesce(l.name, c.name), language = coalesce(l.language, c.language),
              country = coalesce(l.country, c.country), time_zone = coalesce(l.time_zone, c.time_zone), email = coalesce(l.email, c.email)
         FROM line l WHERE c.id = l.id AND NOT l.is_new),
     made AS (
       INSERT INTO customer (id, owner, name, language, country, time_zone, email)
       SELECT id, $1, name, language, country, time_zone, email FROM line WHERE is_new RETURNING id)
     INSERT INTO customer_number (owner, number, customer_id) SELECT $1, l.number, l.id FROM line l JOIN made USING (id)`,
    [
      owner,
      numbers,
      last.map(() => newId()),
      ...(['name', 'language', 'country', 'time_zone', 'email'] as const).map(column),
    ],
  );
}
