import { ORDER_ENDED } from './orders/call-orders.sql.js';

/**
 * One call in one round trip, whichever of its saves it is. A lower version never overwrites a higher one, so that a
 * replay, a duplicate, or a save that timed out here and committed there all the same, changes nothing.
 */
const upsert = (rows: string): string => `
  INSERT INTO call (
    id, version, node, state, origin, caller_channel, member_id, device_id, trunk_id, dialled, reading, called, calling,
    started_at, ringing_at, answered_at, ended_at, ended_by, reason, q850, sip, billable, trace, snapshot)
  ${rows}
  ON CONFLICT (id) DO UPDATE SET
    version = excluded.version, state = excluded.state, reading = excluded.reading, called = excluded.called,
    calling = excluded.calling, ringing_at = excluded.ringing_at, answered_at = excluded.answered_at,
    ended_at = excluded.ended_at, ended_by = excluded.ended_by, reason = excluded.reason, q850 = excluded.q850,
    sip = excluded.sip, billable = excluded.billable, trace = excluded.trace, snapshot = excluded.snapshot
  WHERE call.version < excluded.version
  RETURNING id`;

const one = `VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
    $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`;

export const SAVE_OPEN = upsert(one);

/** The same together with the money for it (`open_hold` of billing): what is held then, NULL when there is not enough. */
export const SAVE_OPEN_HELD = `
  WITH saved AS (${upsert(one)})
  SELECT open_hold($1, $25, 'call', $26, $27, $28) AS held FROM (SELECT count(*) FROM saved) AS recorded_first`;

/** Many calls at once: rows of the same values, as JSON under the names v1 … v24. No call may be in it twice. */
export const SAVE_MANY_OPEN = upsert(`
  SELECT v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13,
         v14, v15, v16, v17, v18, v19, v20, v21, v22, v23::json, v24::json
    FROM jsonb_to_recordset($1) AS r (
      v1 uuid, v2 integer, v3 text, v4 text, v5 text, v6 text, v7 uuid, v8 uuid, v9 text, v10 text, v11 text, v12 text,
      v13 text, v14 timestamptz, v15 timestamptz, v16 timestamptz, v17 timestamptz, v18 text, v19 text, v20 smallint,
      v21 smallint, v22 boolean, v23 text, v24 text)`);

/**
 * Ends bring their legs and their events along; an event's id is the call's, so it can't be told twice. One call or many: as
 * JSON with the columns' names, legs under `legs`, the event's payload under `told`; the trace as text, for it is kept as it comes.
 */
const saveEnded = (orders: string): string => `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1) AS r (
      id uuid, version integer, node text, state text, origin text, caller_channel text, member_id uuid, device_id uuid,
      trunk_id text, dialled text, reading text, called text, calling text, started_at timestamptz, ringing_at timestamptz,
      answered_at timestamptz, ended_at timestamptz, ended_by text, reason text, q850 smallint, sip smallint,
      billable boolean, trace text, snapshot json, legs jsonb, told jsonb, told_trace text, ordered jsonb)),
  saved AS (${upsert(`
    SELECT id, version, node, state, origin, caller_channel, member_id, device_id, trunk_id, dialled, reading, called,
           calling, started_at, ringing_at, answered_at, ended_at, ended_by, reason, q850, sip, billable, trace::json, snapshot
      FROM given ORDER BY id`)}),
  legs AS (
    INSERT INTO call_leg (call_id, leg, channel_id, attempt, kind, target, called, calling,
                          created_at, ringing_at, answered_at, ended_at, q850, sip)
    SELECT saved.id, l.leg, l.channel_id, l.attempt, l.kind, l.target, l.called, l.calling,
           l.created_at, l.ringing_at, l.answered_at, l.ended_at, l.q850, l.sip
      FROM saved JOIN given USING (id), jsonb_to_recordset(given.legs) AS l (
        leg smallint, channel_id text, attempt smallint, kind text, target text, called text, calling text,
        created_at timestamptz, ringing_at timestamptz, answered_at timestamptz, ended_at timestamptz,
        q850 smallint, sip smallint)
    ON CONFLICT DO NOTHING),
  told AS (
    INSERT INTO outbox (id, topic, payload, trace)
    SELECT saved.id, 'call.ended', given.told, given.told_trace FROM saved JOIN given USING (id)
    ON CONFLICT DO NOTHING)${orders}
  SELECT id FROM saved`;

export const SAVE_ENDED = saveEnded('');

/** Where the exchange itself started some of them: their orders' results, told by an event that has the order's id. */
export const SAVE_ENDED_ORDERED = saveEnded(`,
  ordered AS (
    UPDATE call_order o
       SET state = r.state, cause = r.cause, digits = r.digits, ended_at = now(), wish = o.wish - 'digits',
           answered_at = r.answered_at, connected_at = r.connected_at
      FROM saved JOIN given USING (id), jsonb_to_record(given.ordered) AS r (
        id uuid, state text, cause text, answered_at timestamptz, connected_at timestamptz, digits text)
     WHERE o.id = r.id AND o.state = 'taken'
    RETURNING o.*),
  result AS (
    INSERT INTO outbox (id, topic, payload)
    SELECT id, 'call-order.ended', ${ORDER_ENDED} FROM ordered
    ON CONFLICT DO NOTHING)`);

/**
 * An open call whole. Its account of the routing and its moves are kept in the trace alone: `snapshotColumn` leaves them out
 * of the snapshot. NULL once the call has ended.
 */
export const WHOLE_CALL = `
  snapshot::jsonb || jsonb_build_object('moves', trace -> 'moves')
  || CASE WHEN snapshot -> 'account' IS NOT NULL
          THEN jsonb_build_object('account', (snapshot -> 'account')::jsonb
                 || jsonb_build_object('steps', trace -> 'steps', 'candidates', trace -> 'candidates'))
          ELSE '{}' END`;

export const OPEN_CALLS = `
  SELECT ${WHOLE_CALL} AS snapshot FROM call WHERE node = $1 AND ended_at IS NULL`;
