/** A talk that ends so soon says nothing: who makes many of them to one range is paid for their number, not for what is said. */
export const SHORT_MS = 20_000;
export const SHORT_CALLS = 15;
export const MANY_CALLS = 60;
export const WINDOW_MINUTES = 15;

/**
 * Looks at these accounts as they are now and writes down what is new of them; `$1` their ids, `$2` those of the members who called. The day is the cap's own (UTC). What is
 * left of a cap at 99 % pays for no call: holds are refused, so that is where it blocks.
 */
export const RAISE = `
  WITH looked AS (
    SELECT a.id, a.currency, a.daily_cap_micros AS cap, (now() AT TIME ZONE 'UTC')::date AS day,
           CASE WHEN b.spent_on = (now() AT TIME ZONE 'UTC')::date THEN b.spent_micros ELSE 0 END AS spent
      FROM ledger_account a JOIN account_balance b ON b.account_id = a.id AND b.shard = 0
     WHERE a.id = ANY ($1::bigint[])
  ), recent AS (
    SELECT account_id, prefix, duration_ms FROM charge
     WHERE account_id = ANY ($1::bigint[]) AND revision = 0 AND amount_micros > 0
       AND answered_at > now() - interval '${WINDOW_MINUTES} minutes'
  ), found AS (
    SELECT id, CASE WHEN spent * 100 >= cap * 99 THEN 'spend-100' ELSE 'spend-80' END AS kind, day::text AS span,
           jsonb_build_object('spentMicros', spent::text, 'capMicros', cap::text, 'currency', currency) AS detail
      FROM looked WHERE cap > 0 AND spent * 100 >= cap * 80
    UNION ALL
    SELECT p.account_id, CASE WHEN spent_micros * 100 >= c.daily_cap_micros * 99 THEN 'member-spend-100' ELSE 'member-spend-80' END,
           spent_on::text || ' ' || member_id,
           jsonb_build_object('memberId', member_id, 'spentMicros', spent_micros::text, 'capMicros', c.daily_cap_micros::text, 'currency', currency)
      FROM member_cap c JOIN payer p USING (member_id) JOIN ledger_account a ON a.id = p.account_id
     WHERE member_id = ANY ($2::uuid[]) AND spent_on = (now() AT TIME ZONE 'UTC')::date
       AND c.daily_cap_micros > 0 AND spent_micros * 100 >= c.daily_cap_micros * 80
    UNION ALL
    SELECT account_id, 'short-calls', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24') || ' ' || prefix,
           jsonb_build_object('prefix', prefix, 'calls', count(*), 'minutes', ${WINDOW_MINUTES})
      FROM recent WHERE duration_ms <= ${SHORT_MS} GROUP BY account_id, prefix HAVING count(*) >= ${SHORT_CALLS}
    UNION ALL
    SELECT account_id, 'many-calls', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24'),
           jsonb_build_object('calls', count(*), 'minutes', ${WINDOW_MINUTES})
      FROM recent GROUP BY account_id HAVING count(*) >= ${MANY_CALLS}
  ), raised AS (
    INSERT INTO fraud_alert (account_id, kind, span, detail) SELECT id, kind, span, detail FROM found
    ON CONFLICT (account_id, kind, span) DO NOTHING
    RETURNING id, account_id, kind, detail
  )
  SELECT r.id, r.account_id AS "accountId", r.kind, r.detail, u.email, u.language
    FROM raised r JOIN ledger_account a ON a.id = r.account_id
    LEFT JOIN user_account u ON u.disabled_at IS NULL
     AND (u.member_id::text = COALESCE(r.detail ->> 'memberId', a.owner) OR (u.company_id::text = a.owner AND 'company-admin' = ANY (u.roles)))`;
