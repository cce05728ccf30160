/** The rules that hold, with the countries that have none of their own under '*'. */
export const RULES =
  'SELECT kind, country, keep_days AS "keepDays" FROM retention_rule ORDER BY kind, country';

/**
 * Takes from the calls of one country, of a span of time, what says who talked with whom. When, how long, why it ended and what it
 * cost stay: the ledger and the reports are of them. $1 from, $2 to, $3 country or '*', $4 countries with a rule of their own. A call of
 * nobody's (from a trunk) goes by '*'. Whoever is under a legal hold, as caller or as called, keeps his.
 */
export const FORGET_CALLS = `
  WITH forgotten AS (
    UPDATE call c
       SET dialled = '', called = NULL, calling = NULL, caller_channel = '',
           trace = '{"steps": [], "candidates": [], "moves": [], "forgotten": true}'
     WHERE c.started_at >= $1 AND c.started_at < $2 AND c.ended_at IS NOT NULL AND c.dialled <> ''
       AND CASE WHEN $3 = '*' THEN NOT coalesce((SELECT m.country FROM member m WHERE m.id = c.member_id) = ANY ($4), false)
                ELSE (SELECT m.country FROM member m WHERE m.id = c.member_id) = $3 END
       AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.member_id = c.member_id)
       AND NOT EXISTS (SELECT FROM call_leg l JOIN device d ON d.username = l.target JOIN legal_hold h ON h.member_id = d.member_id
                        WHERE l.call_id = c.id AND l.kind = 'device')
    RETURNING id),
  legs AS (
    UPDATE call_leg l SET called = '', calling = NULL FROM forgotten WHERE l.call_id = forgotten.id)
  SELECT count(*)::int AS forgotten FROM forgotten`;

/** Messages of one country's mailboxes; their files go with the rows (MessageKeeper). $1 older than, $2 country or '*', $3 the others. */
export const FORGET_MESSAGES = `
  WITH gone AS (
    DELETE FROM voice_message v USING member m
     WHERE m.id = v.mailbox AND v.received_at < $1
       AND CASE WHEN $2 = '*' THEN NOT m.country = ANY ($3) ELSE m.country = $2 END
       AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.member_id = v.mailbox)
    RETURNING 1)
  SELECT count(*)::int AS forgotten FROM gone`;
