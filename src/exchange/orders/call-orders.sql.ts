/** The payload of `call-order.ended`, of a row of `call_order` that is over. */
export const ORDER_ENDED = `jsonb_build_object(
    'orderId', id, 'purpose', purpose, 'memberId', CASE WHEN house THEN NULL ELSE member_id END,
    'state', state, 'cause', cause, 'digits', digits, 'callId', call_id,
    'answeredAt', (extract(epoch FROM answered_at) * 1000)::bigint,
    'connectedAt', (extract(epoch FROM connected_at) * 1000)::bigint)`;

/**
 * The event of orders that are over, told once: its id is the order's. A code that was spoken is in no row any longer than
 * its call lasts.
 */
export const TELL_ENDED = `
  INSERT INTO outbox (id, topic, payload)
  SELECT id, 'call-order.ended', ${ORDER_ENDED}
    FROM call_order WHERE id = ANY ($1::uuid[])
  ON CONFLICT DO NOTHING`;

/**
 * Waiting for longer than was wanted: refused, and told in the same statement. So is one that was taken by a node which never came
 * back and never recorded its call.
 */
export const EXPIRE = `
  WITH late AS (
    UPDATE call_order SET state = 'refused', cause = 'expired', ended_at = now(), wish = wish - 'digits'
     WHERE id IN (SELECT id FROM call_order WHERE state = 'waiting' AND expires_at <= now()
                   ORDER BY expires_at LIMIT 500 FOR UPDATE SKIP LOCKED)
        OR (state = 'taken' AND expires_at <= now() - interval '10 minutes'
            AND NOT EXISTS (SELECT FROM call WHERE id = call_order.call_id))
    RETURNING *)
  INSERT INTO outbox (id, topic, payload)
  SELECT id, 'call-order.ended', ${ORDER_ENDED}
    FROM late
  ON CONFLICT DO NOTHING`;

/** Takes up to $2 orders for the node $1, oldest first: each is taken by one exchange, once. */
export const TAKE = `
  WITH due AS (
    SELECT id FROM call_order WHERE state = 'waiting' AND expires_at > now()
     ORDER BY created_at, id LIMIT $2 FOR UPDATE SKIP LOCKED),
  taken AS (
    UPDATE call_order SET state = 'taken', node = $1, taken_at = now()
      FROM due WHERE call_order.id = due.id RETURNING call_order.*)
  SELECT t.id, t.call_id, t.member_id, t.e164, t.ring_carrier_id, t.ring_number, t.ring_trunk_id, t.ring_seconds, t.language, t.shown, t.display, t.wish,
         a.country AS account_country, a.area AS account_area,
         COALESCE(d.member_id, t.ring_member_id) AS ring_member_id, d.username,
         COALESCE(d.country, m.country) AS ring_country, COALESCE(d.area, m.area) AS ring_area
    FROM taken t
    LEFT JOIN member a ON a.id = t.member_id
    LEFT JOIN device d ON d.id = t.ring_device_id AND d.enabled
    LEFT JOIN member m ON m.id = t.ring_member_id
   ORDER BY t.created_at, t.id`;

/** An order that was taken and cannot be begun. */
export const REFUSE = `
  UPDATE call_order SET state = 'refused', cause = $2, ended_at = now(), wish = wish - 'digits'
   WHERE id = $1 AND state = 'taken'`;

/** Taken for this node at least $3 seconds ago, and no call was recorded, so nothing was dialled: its process died, or never heard that it took it. */
export const RELEASE = `
  UPDATE call_order o SET state = 'waiting', node = NULL, taken_at = NULL
   WHERE state = 'taken' AND node = $1 AND taken_at <= now() - make_interval(secs => $3) AND call_id <> ALL ($2::uuid[])
     AND NOT EXISTS (SELECT FROM call WHERE id = o.call_id)`;
