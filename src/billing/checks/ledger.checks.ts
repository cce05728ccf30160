import { type Check, inSpan } from './check.js';

/** A posting that says something of a row: what the row comes to, and what stands on the account for it. */
const POSTED_OTHERWISE = `jsonb_build_object('expected', expected::text, 'posted', posted::text)`;

export const ledgerChecks: readonly Check[] = [
  {
    name: 'posting-sum',
    holds: 'the entries of a posting sum to 0 in each currency',
    find: `SELECT p.key, jsonb_build_object('currency', e.currency, 'sum', sum(e.amount_micros)::text) AS detail
             FROM posting p LEFT JOIN entry e ON e.posting_id = p.id
            WHERE ${inSpan('p.posted_at')}
            GROUP BY p.id, e.currency HAVING sum(e.amount_micros) IS DISTINCT FROM 0`,
  },
  {
    name: 'ledger-sum',
    holds: 'all balances of a currency sum to 0',
    find: `SELECT a.currency::text AS key, jsonb_build_object('sum', sum(b.balance_micros)::text) AS detail
             FROM account_balance b JOIN ledger_account a ON a.id = b.account_id, span
            GROUP BY a.currency HAVING sum(b.balance_micros) <> 0`,
  },
  {
    name: 'balance',
    holds: 'a balance is what the run before saw and all entries since',
    // Entries of transactions that the run before did not see; none of them is older than a day before it.
    find: `, before AS (SELECT seen, started_at FROM check_run ORDER BY started_at DESC LIMIT 1),
           moved AS (
             SELECT e.account_id, sum(e.amount_micros) AS micros FROM posting p JOIN entry e ON e.posting_id = p.id
              WHERE p.posted_at >= COALESCE((SELECT started_at - interval '1 day' FROM before), '-infinity')
                AND NOT COALESCE(pg_visible_in_snapshot(p.transaction, (SELECT seen FROM before)), false)
              GROUP BY e.account_id),
           held AS (SELECT account_id, sum(balance_micros) AS micros FROM account_balance GROUP BY account_id)
           SELECT held.account_id::text AS key,
                  jsonb_build_object('balance', held.micros::text,
                    'entries', (COALESCE(s.balance_micros, 0) + COALESCE(moved.micros, 0))::text) AS detail
             FROM held LEFT JOIN account_snapshot s USING (account_id) LEFT JOIN moved USING (account_id), span
            WHERE held.micros <> COALESCE(s.balance_micros, 0) + COALESCE(moved.micros, 0)`,
  },
  {
    name: 'charge-posting',
    holds: 'each revision of a charge is posted to its payer, as the difference to the one before',
    find: `SELECT key, ${POSTED_OTHERWISE} AS detail FROM (
             SELECT 'charge:' || c.call_id || ':' || c.revision AS key,
                    CASE WHEN c.account_id IS NULL THEN 0 ELSE c.amount_micros - COALESCE(b.amount_micros, 0) END AS expected,
                    COALESCE((SELECT sum(e.amount_micros) FROM posting p JOIN entry e ON e.posting_id = p.id
                               WHERE p.key = 'charge:' || c.call_id || ':' || c.revision
                                 AND e.account_id = c.account_id), 0) AS posted
               FROM charge c LEFT JOIN charge b ON (b.call_id, b.revision) = (c.call_id, c.revision - 1)
              WHERE ${inSpan('c.rated_at')}) rows
            WHERE expected <> posted`,
  },
  {
    name: 'accrual-posting',
    holds:
      "each revision of an accrual is posted to its carrier's payable, as the difference to the one before",
    find: `SELECT key, ${POSTED_OTHERWISE} AS detail FROM (
             SELECT 'accrual:' || c.call_id || ':' || c.leg || ':' || c.revision AS key,
                    CASE WHEN c.carrier_id IS NULL THEN 0 ELSE COALESCE(b.amount_micros, 0) - c.amount_micros END AS expected,
                    COALESCE((SELECT sum(e.amount_micros) FROM posting p JOIN entry e ON e.posting_id = p.id
                                JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'carrier-payable'
                               WHERE p.key = 'accrual:' || c.call_id || ':' || c.leg || ':' || c.revision
                                 AND a.owner = c.carrier_id), 0) AS posted
               FROM accrual c
               LEFT JOIN accrual b ON (b.call_id, b.leg, b.revision) = (c.call_id, c.leg, c.revision - 1)
              WHERE ${inSpan('c.rated_at')}) rows
            WHERE expected <> posted`,
  },
  {
    name: 'posting-without-row',
    holds: 'a posting of a charge or an accrual has its row',
    find: `SELECT p.key, jsonb_build_object('kind', p.kind) AS detail FROM posting p
            WHERE ${inSpan('p.posted_at')} AND p.kind IN
                  ('call-charge', 'call-charge-correction', 'carrier-accrual', 'carrier-accrual-correction')
              AND NOT CASE WHEN p.kind LIKE 'call-%'
                THEN EXISTS (SELECT FROM charge c WHERE c.call_id = split_part(p.key, ':', 2)::uuid
                                AND c.revision = split_part(p.key, ':', 3)::smallint)
                ELSE EXISTS (SELECT FROM accrual c WHERE c.call_id = split_part(p.key, ':', 2)::uuid
                                AND c.leg = split_part(p.key, ':', 3)::smallint
                                AND c.revision = split_part(p.key, ':', 4)::smallint) END`,
  },
  {
    name: 'payable',
    holds: 'what we owe a carrier is its accruals less its settlements: nothing else moves its payable',
    find: `SELECT p.key, jsonb_build_object('kind', p.kind, 'carrier', a.owner, 'amount', e.amount_micros::text) AS detail
             FROM posting p JOIN entry e ON e.posting_id = p.id
             JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'carrier-payable'
            WHERE ${inSpan('p.posted_at')} AND p.kind NOT IN
                  ('carrier-accrual', 'carrier-accrual-correction', 'settlement-adjustment', 'settlement-payment', 'opening')
           UNION ALL
           SELECT key, ${POSTED_OTHERWISE} FROM (
             SELECT 'settlement:' || s.id || ':adjustment' AS key, COALESCE(s.ours_micros, 0) - s.agreed_micros AS expected,
                    ${postedOn("'settlement:' || s.id || ':adjustment'")} AS posted
               FROM settlement s, span WHERE s.agreed_micros IS NOT NULL
             UNION ALL
             SELECT 'settlement:' || s.id || ':payment', o.amount_micros, ${postedOn("'settlement:' || s.id || ':payment'")}
               FROM payment_order o JOIN settlement s ON s.id = o.settlement_id WHERE o.state = 'paid') rows
            WHERE expected <> posted`,
  },
];

/** What a posting moved on a settlement's carrier payable. */
function postedOn(key: string): string {
  return `COALESCE((SELECT sum(e.amount_micros) FROM posting p JOIN entry e ON e.posting_id = p.id
            JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'carrier-payable' AND a.owner = s.carrier_id
           WHERE p.key = ${key}), 0)`;
}
