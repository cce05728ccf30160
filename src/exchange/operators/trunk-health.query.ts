import type { Sql } from '../../infra/db/sql.js';

/** How a trunk fares: what the exchange thinks of it, what goes through it now, and how today's calls ended. */
export interface TrunkNow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'gateway' | 'centre' | 'carrier';
  readonly country: string;
  readonly enabled: boolean;
  /** `open`: avoided while there are other ways; `half-open`: the next call decides; `closed`: well. The worst of all nodes. */
  readonly state: 'closed' | 'half-open' | 'open';
  readonly since: Date | null;
  readonly sign: string | null;
  readonly callsNow: number;
  /** Of the last 24 hours. */
  readonly offered: number;
  readonly answered: number;
  readonly lastFailure: {
    readonly at: Date;
    readonly callId: string;
    readonly q850: number;
    readonly sip: number | null;
  } | null;
  /** Where it registers with its carrier: how that stands, the worst of all nodes; null: it does not register. */
  readonly registration: {
    readonly state: 'registered' | 'rejected' | 'unregistered';
    readonly since: Date | null;
  } | null;
  /** Centres that it serves. */
  readonly centres: readonly { readonly id: string; readonly name: string; readonly country: string }[];
}

export const trunksNow = (sql: Sql, id?: string): Promise<readonly TrunkNow[]> =>
  sql.rows<TrunkNow>(NOW, [id ?? null]);

/** Every subquery walks an index: the trunk's own legs of a day, the open calls. */
export const NOW = `
  SELECT t.id, t.name, t.kind, t.country, t.enabled,
         COALESCE(s.state, 'closed') AS state, s.since, s.sign,
         COALESCE(n.calls, 0)::int AS "callsNow", d.offered::int AS offered, d.answered::int AS answered,
         f.failure AS "lastFailure",
         CASE WHEN t.registers THEN json_build_object('state', COALESCE(r.state, 'unregistered'), 'since', r.since) END AS registration,
         COALESCE(c.centres, '[]') AS centres
    FROM trunk t
    LEFT JOIN LATERAL (
      SELECT state, since, sign FROM trunk_state WHERE trunk_id = t.id
       ORDER BY array_position(ARRAY['open', 'half-open', 'closed'], state), since DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (
      SELECT state, since FROM trunk_registration WHERE trunk_id = t.id
       ORDER BY array_position(ARRAY['rejected', 'unregistered', 'registered'], state), since DESC LIMIT 1) r ON true
    LEFT JOIN (
      SELECT target, count(*) AS calls FROM (
        SELECT trunk_id AS target FROM call WHERE ended_at IS NULL AND trunk_id IS NOT NULL
        UNION ALL
        SELECT leg #>> '{plan,target}' FROM call, LATERAL json_array_elements(call.snapshot -> 'legs') leg
         WHERE call.ended_at IS NULL AND leg #>> '{plan,kind}' = 'trunk' AND leg ->> 'status' <> 'ended') uses
       GROUP BY target) n ON n.target = t.id
    CROSS JOIN LATERAL (
      SELECT count(*) AS offered, count(answered_at) AS answered
        FROM call_leg WHERE kind = 'trunk' AND target = t.id AND created_at > now() - interval '24 hours') d
    LEFT JOIN LATERAL (
      SELECT json_build_object('at', ended_at, 'callId', call_id, 'q850', q850, 'sip', sip) AS failure
        FROM (SELECT * FROM call_leg
               WHERE kind = 'trunk' AND target = t.id AND created_at > now() - interval '7 days'
               ORDER BY created_at DESC LIMIT 1000) recent
       WHERE answered_at IS NULL AND q850 NOT IN (16, 17, 19, 26)
       ORDER BY created_at DESC LIMIT 1) f ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('id', id, 'name', name, 'country', country) ORDER BY id) AS centres
        FROM centre WHERE trunk_id = t.id AND enabled) c ON true
   WHERE $1::text IS NULL OR t.id = $1
   ORDER BY t.id LIMIT 1000`;

export interface TrunkHour {
  readonly at: Date;
  readonly offered: number;
  readonly answered: number;
}

/** The last 24 hours, one by one. */
export const trunkHours = (sql: Sql, id: string): Promise<readonly TrunkHour[]> =>
  sql.rows<TrunkHour>(HOURS, [id]);

const HOURS = `
  SELECT h.at, count(l.created_at)::int AS offered, count(l.answered_at)::int AS answered
    FROM generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') h (at)
    LEFT JOIN call_leg l ON l.kind = 'trunk' AND l.target = $1 AND l.created_at >= h.at AND l.created_at < h.at + interval '1 hour'
   GROUP BY h.at ORDER BY h.at`;

export interface TrunkEvent {
  readonly id: string;
  readonly at: Date;
  readonly state: 'closed' | 'half-open' | 'open';
  readonly sign: string;
}

export const trunkEvents = (
  sql: Sql,
  id: string,
  count: number,
  before: string | undefined,
): Promise<readonly TrunkEvent[]> =>
  sql.rows<TrunkEvent>(
    `SELECT id::text, at, state, sign FROM trunk_event
      WHERE trunk_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [id, before ?? null, count],
  );
