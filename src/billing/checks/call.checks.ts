import { type Check, inSpan } from './check.js';

/** The night checks are the one place in billing that reads the exchange's records: to compare them with what it was told. */
const ENDED = `c.started_at >= (SELECT from_at - interval '2 days' FROM span)
           AND c.started_at < (SELECT to_at FROM span) AND ${inSpan('c.ended_at')}`;
const FACTS = `jsonb_build_object('member', c.member_id, 'called', c.called, 'answered_at', c.answered_at, 'ended_at', c.ended_at)`;

export const callChecks: readonly Check[] = [
  {
    name: 'call-without-charge',
    holds: 'each answered call that somebody pays for has its charge',
    find: `SELECT c.id::text AS key, ${FACTS} AS detail FROM call c
            WHERE ${ENDED} AND c.billable AND c.member_id IS NOT NULL AND c.answered_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM charge h WHERE (h.call_id, h.revision) = (c.id, 0))`,
  },
  {
    name: 'charge-without-call',
    holds: 'each charge has its answered call that somebody pays for',
    find: `SELECT h.call_id::text AS key,
                  jsonb_build_object('member', h.member_id, 'amount', h.amount_micros::text, 'answered_at', h.answered_at) AS detail
             FROM charge h WHERE ${inSpan('h.answered_at')} AND h.revision = 0
              AND NOT EXISTS (SELECT FROM call c WHERE c.id = h.call_id AND c.billable AND c.answered_at IS NOT NULL)`,
  },
  {
    name: 'leg-without-accrual',
    holds: 'each answered leg by a trunk has its accrual',
    find: `SELECT c.id || ':' || l.leg AS key, jsonb_build_object('trunk', l.target, 'answered_at', l.answered_at) AS detail
             FROM call c JOIN call_leg l ON l.call_id = c.id
            WHERE ${ENDED} AND l.kind = 'trunk' AND l.answered_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM accrual a WHERE (a.call_id, a.leg, a.revision) = (c.id, l.leg, 0))`,
  },
  {
    name: 'accrual-without-leg',
    holds: 'each accrual has its answered leg by a trunk',
    find: `SELECT a.call_id || ':' || a.leg AS key,
                  jsonb_build_object('trunk', a.trunk_id, 'amount', a.amount_micros::text, 'answered_at', a.answered_at) AS detail
             FROM accrual a WHERE ${inSpan('a.answered_at')} AND a.revision = 0
              AND NOT EXISTS (SELECT FROM call_leg l WHERE (l.call_id, l.leg) = (a.call_id, a.leg)
                                 AND l.kind = 'trunk' AND l.answered_at IS NOT NULL)`,
  },
  {
    name: 'hold-after-call',
    holds: 'no hold outlives its call, or its refund',
    find: `SELECT h.id::text AS key,
                  jsonb_build_object('account', h.account_id::text, 'amount', h.amount_micros::text, 'opened_at', h.opened_at) AS detail
             FROM hold h LEFT JOIN call c ON c.id = h.id LEFT JOIN top_up_refund r ON r.id = h.id, span
            WHERE h.closed_at IS NULL AND CASE h.purpose
              WHEN 'call' THEN CASE WHEN c.id IS NULL THEN h.opened_at < span.to_at - interval '1 hour'
                                    ELSE c.ended_at < span.to_at END
              ELSE r.state <> 'waiting' END`,
  },
  {
    name: 'unrated',
    holds: 'each call and leg has its price',
    find: `SELECT c.call_id::text AS key, jsonb_build_object('because', c.unrated_because, 'called', c.e164) AS detail
             FROM charge c WHERE c.result = 'unrated' AND ${inSpan('c.answered_at')}
              AND NOT EXISTS (SELECT FROM charge n WHERE n.call_id = c.call_id AND n.revision > c.revision)
           UNION ALL
           SELECT a.call_id || ':' || a.leg, jsonb_build_object('because', a.unrated_because, 'called', a.e164)
             FROM accrual a WHERE a.result = 'unrated' AND ${inSpan('a.answered_at')}
              AND NOT EXISTS (SELECT FROM accrual n
                               WHERE (n.call_id, n.leg) = (a.call_id, a.leg) AND n.revision > a.revision)`,
  },
];
