export const QUEUE_COLUMNS = `
  id, company_id AS "companyId", branch_id AS "branchId", name, country, extension, languages, skill, rules, overflow, answer,
  priority, max_waiting AS "maxWaiting", max_wait_seconds AS "maxWaitSeconds", ring_seconds AS "ringSeconds",
  wrap_up_seconds AS "wrapUpSeconds", announce_seconds AS "announceSeconds", callback, survey, enabled, hours`;

export const QUEUES = `SELECT ${QUEUE_COLUMNS} FROM call_queue ORDER BY id`;

export const AGENTS = `
  SELECT a.id, a.company_id AS "companyId", a.account_id AS "accountId", a.member_id AS "memberId", a.number,
         a.pin_hash AS "pinHash", a.name, a.country, a.languages, a.skills, a.supervisor, a.state, a.reason, a.since, a.until,
         a.next, a.device, a.queue_call_id AS "queueCallId",
         (SELECT coalesce(array_agg(m.queue_id ORDER BY m.queue_id), '{}') FROM queue_member m WHERE m.agent_id = a.id) AS queues
    FROM queue_agent a WHERE a.enabled ORDER BY a.id`;

/** How long the latest fifty talks of each queue took. */
export const TALKS = `
  SELECT q.id AS "queueId", t.talks
    FROM call_queue q CROSS JOIN LATERAL (
      SELECT array_agg(latest.talked_ms ORDER BY latest.entered_at) AS talks
        FROM (SELECT talked_ms, entered_at FROM queue_call c WHERE c.queue_id = q.id AND talked_ms IS NOT NULL
               ORDER BY entered_at DESC, id DESC LIMIT 50) latest) t
   WHERE t.talks IS NOT NULL`;

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

export const OPEN_VISITS = `
  SELECT id, call_id AS "callId", node, queue_id AS "queueId", company_id AS "companyId", caller_number AS "callerNumber",
         caller_member_id AS "callerMemberId", dialled, country, language, priority, ${ms('entered_at')} AS "enteredAt", state,
         agent_id AS "agentId", only_agent_id AS "onlyAgentId", ${ms('rung_at')} AS "rungAt",
         ${ms('answered_at')} AS "answeredAt", missed, callback_order_id AS "callbackOrderId", outcome,
         NULL::float8 AS "endedAt"
    FROM queue_call WHERE ($1::text IS NULL OR node = $1) AND state <> 'ended' ORDER BY entered_at, id`;

const at = (name: string): string => `to_timestamp((v ->> '${name}')::float8 / 1000)`;

/** $1 the visit as JSON. What has ended stays as it is. */
export const PUT_VISIT = `
  INSERT INTO queue_call (id, call_id, node, queue_id, company_id, agent_id, only_agent_id, caller_number, caller_member_id,
    dialled, country, language, priority, entered_at, rung_at, answered_at, state, missed, callback_order_id)
  SELECT (v ->> 'id')::uuid, (v ->> 'callId')::uuid, v ->> 'node', (v ->> 'queueId')::uuid, (v ->> 'companyId')::uuid,
         (v ->> 'agentId')::uuid, (v ->> 'onlyAgentId')::uuid, v ->> 'callerNumber', (v ->> 'callerMemberId')::uuid,
         v ->> 'dialled', v ->> 'country', v ->> 'language', (v ->> 'priority')::smallint, ${at('enteredAt')},
         ${at('rungAt')}, ${at('answeredAt')}, v ->> 'state', (v ->> 'missed')::smallint, (v ->> 'callbackOrderId')::uuid
    FROM (SELECT $1::jsonb AS v) visit
  ON CONFLICT (id) DO UPDATE SET queue_id = excluded.queue_id, agent_id = excluded.agent_id, language = excluded.language,
    rung_at = excluded.rung_at, answered_at = excluded.answered_at, state = excluded.state, missed = excluded.missed,
    callback_order_id = excluded.callback_order_id
    WHERE queue_call.state <> 'ended'`;

/** $1 the ended visit as JSON. */
export const END_VISIT = `
  UPDATE queue_call SET state = 'ended', outcome = v ->> 'outcome', agent_id = (v ->> 'agentId')::uuid,
         rung_at = ${at('rungAt')}, answered_at = ${at('answeredAt')}, ended_at = ${at('endedAt')},
         waited_ms = greatest(0, round((coalesce((v ->> 'answeredAt')::float8, (v ->> 'endedAt')::float8) - (v ->> 'enteredAt')::float8))),
         talked_ms = round((v ->> 'endedAt')::float8 - (v ->> 'answeredAt')::float8)
    FROM (SELECT $1::jsonb AS v) visit
   WHERE id = (v ->> 'id')::uuid AND state <> 'ended'`;

export const SAVE_AGENT = `
  UPDATE queue_agent SET state = $2, reason = $3, since = $4, until = $5, next = $6, device = $7, queue_call_id = $8, on_own_call = $9
   WHERE id = $1`;
