import { type Check, inSpan } from './check.js';

export const invoiceChecks: readonly Check[] = [
  {
    name: 'invoice-gap',
    holds: 'the numbers of a series follow each other without a gap, up to its counter',
    find: `SELECT s.prefix || n AS key, jsonb_build_object('seller', s.seller_id, 'kind', s.kind) AS detail
             FROM invoice_series s
            CROSS JOIN LATERAL (
              SELECT min(i.number) - 1 AS low FROM invoice i
               WHERE (i.seller_id, i.kind) = (s.seller_id, s.kind) AND i.issued_at >= (SELECT from_at FROM span)) recent
            CROSS JOIN LATERAL generate_series(GREATEST(1, COALESCE(recent.low, s.last_number)), s.last_number) AS n
            WHERE NOT EXISTS (SELECT FROM invoice i WHERE (i.seller_id, i.kind, i.number) = (s.seller_id, s.kind, n))`,
  },
  {
    name: 'invoice-sum',
    holds: 'an invoice comes to what its lines come to',
    find: `SELECT i.number_text AS key, jsonb_build_object('says', i.lines_micros::text, 'lines', sums.micros::text) AS detail
             FROM invoice i
            CROSS JOIN LATERAL (SELECT COALESCE(sum(l.amount_micros), 0) AS micros FROM invoice_line l WHERE l.invoice_id = i.id) sums
            WHERE ${inSpan('i.issued_at')} AND sums.micros <> i.lines_micros`,
  },
  {
    name: 'line-without-charge',
    holds: "each line of a call has its charge, and a call's lines come to what it was charged",
    find: `SELECT i.number_text || ':' || l.line AS key,
                  jsonb_build_object('call', l.call_id, 'charged', c.amount_micros::text, 'invoiced', so_far.micros::text) AS detail
             FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id AND l.kind = 'call' AND l.credits_invoice IS NULL
             LEFT JOIN charge c ON (c.call_id, c.revision, c.account_id) = (l.call_id, l.revision, i.account_id)
            CROSS JOIN LATERAL (
              SELECT sum(b.amount_micros) AS micros FROM invoice_line b
               WHERE b.call_id = l.call_id AND b.credits_invoice IS NULL AND b.revision <= l.revision) so_far
            WHERE ${inSpan('i.issued_at')} AND so_far.micros IS DISTINCT FROM c.amount_micros`,
  },
  {
    name: 'charge-without-line',
    holds: 'a charge that was there when its month was invoiced is on an invoice',
    find: `SELECT c.call_id || ':' || c.revision AS key,
                  jsonb_build_object('account', c.account_id::text, 'amount', c.amount_micros::text, 'answered_at', c.answered_at) AS detail
             FROM invoice_job j JOIN invoice_run r ON r.id = j.run_id
             JOIN charge c ON c.account_id = j.account_id AND c.answered_at < r.ends_at
              AND c.answered_at >= r.ends_at - interval '32 days' AND c.rated_at < r.planned_at AND c.result <> 'unrated'
            WHERE ${inSpan('j.done_at')}
              AND NOT EXISTS (SELECT FROM invoice_line l
                               WHERE l.call_id = c.call_id AND l.revision >= c.revision AND l.credits_invoice IS NULL)
              AND NOT EXISTS (SELECT FROM charge n WHERE n.call_id = c.call_id AND n.revision > c.revision)`,
  },
  {
    name: 'payer-without-party',
    holds: 'whoever is charged for calls is somebody whom invoices can be made out to',
    find: `SELECT c.account_id::text AS key,
                  jsonb_build_object('charged', sum(c.amount_micros)::text, 'calls', count(*)) AS detail
             FROM charge c
            WHERE ${inSpan('c.rated_at')} AND c.amount_micros > 0
              AND NOT EXISTS (SELECT FROM invoice_party p WHERE p.account_id = c.account_id)
            GROUP BY c.account_id`,
  },
  {
    name: 'invoice-blocked',
    holds: 'no account waits for a person to be invoiced',
    find: `SELECT j.run_id || ':' || j.account_id AS key, jsonb_build_object('reason', j.reason) AS detail
             FROM invoice_job j, span WHERE j.state = 'blocked'`,
  },
];
