/**
 * $1 invoice, $2 account, $3 and $4: calls answered in [from, to). A line for each call of which something was not invoiced:
 * its newest revision, at what it comes to less what earlier invoices asked for it. What is unrated waits for its price.
 */
export const INSERT_CALL_LINES = `
  WITH newest AS (
    SELECT DISTINCT ON (c.call_id) c.* FROM charge c
     WHERE c.account_id = $2 AND c.answered_at >= $3 AND c.answered_at < $4
     ORDER BY c.call_id, c.revision DESC
  ), invoiced AS (
    SELECT l.call_id, max(l.revision) AS revision, sum(l.amount_micros) AS micros
      FROM newest JOIN invoice_line l ON l.call_id = newest.call_id AND l.credits_invoice IS NULL
     GROUP BY l.call_id)
  INSERT INTO invoice_line (invoice_id, line, kind, member_id, call_id, revision, started_at, called, about,
                            duration_ms, billed_ms, amount_micros)
  SELECT $1, row_number() OVER (ORDER BY n.answered_at, n.call_id), 'call', n.member_id, n.call_id, n.revision,
         n.answered_at, n.e164,
         CASE WHEN n.result = 'on-net' THEN 'on-net' ELSE COALESCE(
           (SELECT r.destination FROM deck_rate r
             WHERE (r.version_id, r.prefix) = (n.version_id, n.prefix)
               AND r.valid_from <= n.answered_at AND n.answered_at < r.valid_to
             ORDER BY r.valid_from DESC LIMIT 1), '') END,
         n.duration_ms, n.billed_ms, n.amount_micros - COALESCE(i.micros, 0)
    FROM newest n LEFT JOIN invoiced i ON i.call_id = n.call_id
   WHERE CASE WHEN i.call_id IS NULL THEN n.result <> 'unrated' ELSE n.revision > i.revision END`;

/** $1 invoice, $2 account, $3: how many lines there are. One line a fee and month that no invoice has. */
export const INSERT_FEE_LINES = `
  INSERT INTO invoice_line (invoice_id, line, kind, member_id, subscription_id, from_day, to_day, about, amount_micros)
  SELECT $1, $3 + row_number() OVER (ORDER BY c.from_day, c.subscription_id), 'subscription', s.member_id,
         s.id, c.from_day, c.to_day, s.about, c.amount_micros
    FROM subscription_charge c JOIN subscription s ON s.id = c.subscription_id
   WHERE c.account_id = $2
     AND NOT EXISTS (SELECT FROM invoice_line l WHERE (l.subscription_id, l.from_day) = (c.subscription_id, c.from_day))`;

/** $1: an invoice. */
export const SUM_LINES = `
  SELECT COALESCE(sum(amount_micros) FILTER (WHERE kind = 'call'), 0)::bigint AS calls,
         COALESCE(sum(amount_micros) FILTER (WHERE kind = 'subscription'), 0)::bigint AS subscriptions
    FROM invoice_line WHERE invoice_id = $1`;
