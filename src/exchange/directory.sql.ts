/**
 * Everything that one call may need to know of members and their numbers, in one round trip: assignments by key ($1) or by a
 * shadow ($2), who proved a domain ($3) or an e-mail address ($4) with the number that it stands for, and the members named
 * ($5), holding one of those, or answering for a branch that a caller in country $6 could reach. (ANY(ARRAY(…)) instead of a
 * join: a plan made for any values would else read every member.)
 */
export const LOOK_UP = `
  WITH owner AS (
    SELECT 'domain' AS kind, domain AS name, member_id FROM domain_identity
     WHERE domain = ANY($3) AND verified_at IS NOT NULL
    UNION ALL
    SELECT 'email', address, member_id FROM email_identity WHERE address = ANY($4) AND verified_at IS NOT NULL
  ),
  owned AS (
    SELECT o.*, n.id AS assignment_id, n.key
      FROM owner o LEFT JOIN LATERAL (
        SELECT id, key FROM number_assignment WHERE holder_id = o.member_id
         ORDER BY kind = CASE o.kind WHEN 'domain' THEN 'vns' ELSE 'pin' END DESC, created_at, key LIMIT 1) n ON true
  ),
  assignment AS (
    SELECT * FROM number_assignment WHERE key = ANY($1)
    UNION
    SELECT a.* FROM number_shadow s JOIN number_assignment a ON a.id = s.assignment_id WHERE s.e164 = ANY($2)
    UNION
    SELECT a.* FROM owned o JOIN number_assignment a ON a.id = o.assignment_id
  ),
  wanted AS (
    SELECT unnest($5::uuid[]) AS id
    UNION SELECT holder_id FROM assignment
    UNION SELECT member_id FROM owner
    UNION SELECT b.member_id FROM vns_branch b JOIN assignment a ON a.id = b.assignment_id
           WHERE b.region IN ($6, a.region) OR b.is_default
  )
  SELECT 'assignment' AS kind, jsonb_build_object(
           'id', a.id, 'key', a.key, 'kind', a.kind, 'ccc', a.ccc, 'region', a.region,
           'identification', a.identification, 'holderId', a.holder_id, 'suspended', a.suspended_at IS NOT NULL,
           'queue', (SELECT jsonb_build_object('id', q.id, 'late', q.answer = 'late')
                       FROM queue_number n JOIN call_queue q ON q.id = n.queue_id
                      WHERE n.assignment_id = a.id AND n.branch_id IS NULL),
           'shadows', (SELECT coalesce(jsonb_agg(jsonb_build_object('country', s.country, 'e164', s.e164,
                         'verified', s.verified_at IS NOT NULL) ORDER BY s.country), '[]')
                         FROM number_shadow s WHERE s.assignment_id = a.id),
           'branches', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'ccc', b.ccc, 'region', b.region,
                          'isDefault', b.is_default, 'memberId', b.member_id,
                          'queue', (SELECT jsonb_build_object('id', q.id, 'late', q.answer = 'late')
                                      FROM queue_number n JOIN call_queue q ON q.id = n.queue_id
                                     WHERE n.branch_id = b.id)) ORDER BY b.region), '[]')
                          FROM vns_branch b WHERE b.assignment_id = a.id)) AS found
    FROM assignment a
  UNION ALL
  SELECT 'owner', jsonb_build_object('kind', o.kind, 'name', o.name, 'holderId', o.member_id, 'key', o.key) FROM owned o
  UNION ALL
  SELECT 'member', jsonb_build_object(
           'id', m.id, 'name', m.name, 'active', m.status = 'active', 'language', m.language,
           'suspended', (SELECT coalesce(bool_and(n.suspended_at IS NOT NULL), false) FROM number_assignment n WHERE n.holder_id = m.id),
           'country', m.country, 'area', m.area,
           'devices', (SELECT coalesce(jsonb_agg(ring.username ORDER BY ring.created_at, ring.username), '[]') FROM (
                         SELECT d.username, d.created_at FROM device d
                          WHERE d.member_id = m.id AND d.enabled
                            AND NOT EXISTS (SELECT FROM card_activation a WHERE a.member_id = m.id AND a.instead
                                               AND a.ended_at IS NULL AND a.expires_at > now())
                         UNION
                         SELECT d.username, d.created_at FROM card_activation a JOIN device d ON d.id = a.device_id
                          WHERE a.member_id = m.id AND a.ended_at IS NULL AND a.expires_at > now() AND d.enabled) ring),
           'pushed', EXISTS (SELECT FROM push_subscription p WHERE p.member_id = m.id),
           'numbers', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', n.key, 'region', n.region,
                         'shadows', (SELECT coalesce(jsonb_agg(jsonb_build_object('country', s.country, 'e164', s.e164,
                                       'verified', s.verified_at IS NOT NULL) ORDER BY s.country), '[]')
                                       FROM number_shadow s WHERE s.assignment_id = n.id))
                         ORDER BY n.created_at, n.key), '[]')
                         FROM (SELECT id, CASE kind WHEN 'vns' THEN key || ccc ELSE key END AS key, region, created_at
                                 FROM number_assignment WHERE holder_id = m.id AND suspended_at IS NULL
                               UNION
                               SELECT a.id, a.key || b.ccc, b.region, a.created_at
                                 FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id
                                WHERE b.member_id = m.id AND a.suspended_at IS NULL) n),
           'contacts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'e164', c.e164)), '[]')
                          FROM contact_number c WHERE c.member_id = m.id AND c.verified_at IS NOT NULL),
           'carrierNumbers', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'carrierId', c.carrier_id,
                                'number', c.number)), '[]')
                                FROM carrier_number c WHERE c.member_id = m.id AND c.verified_at IS NOT NULL),
           'findMe', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', f.kind,
                        'target', coalesce(d.username, f.contact_number_id::text, f.carrier_number_id::text),
                        'ringSeconds', f.ring_seconds, 'withPrevious', f.with_previous) ORDER BY f.position), '[]')
                        FROM find_me f LEFT JOIN device d ON d.id = f.device_id WHERE f.member_id = m.id),
           'settings', (SELECT jsonb_build_object('doNotDisturb', s.do_not_disturb, 'forwardAlways', s.forward_always,
                          'forwardBusy', s.forward_busy, 'forwardNoAnswer', s.forward_no_answer,
                          'ringSeconds', s.ring_seconds, 'callWaiting', s.call_waiting, 'hideNumber', s.hide_number, 'transferOut', s.transfer_out,
                          'voicemail', s.voicemail, 'maxCalls', s.max_calls,
                          'maxCallsPerSecond', s.max_calls_per_second)
                          FROM call_setting s WHERE s.member_id = m.id))
    FROM member m WHERE m.id = ANY(ARRAY(SELECT id FROM wanted))`;

/**
 * Whether any of these keys ($1) or telephone numbers ($2) is somebody's here: most telephone numbers that are dialled are not, and
 * to begin `LOOK_UP` with its two dozen parts costs several times what this one does.
 */
export const SOMEBODYS = `
  SELECT 1 FROM number_assignment WHERE key = ANY($1) UNION ALL SELECT 1 FROM number_shadow WHERE e164 = ANY($2)`;

/** Whom a changed row concerns: the members, and the key of the number. A row that is new is in no entry yet. */
export const OWNERS = {
  device: 'SELECT member_id AS member, NULL AS key FROM device WHERE username = $1',
  number_assignment: `SELECT holder_id AS member, key FROM number_assignment WHERE key = $1
                      UNION ALL SELECT b.member_id, a.key
                        FROM number_assignment a JOIN vns_branch b ON b.assignment_id = a.id AND b.member_id IS NOT NULL WHERE a.key = $1`,
  number_shadow: `SELECT a.holder_id AS member, a.key
                    FROM number_shadow s JOIN number_assignment a ON a.id = s.assignment_id WHERE s.e164 = $1`,
  vns_branch: `SELECT b.member_id AS member, a.key
                 FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id WHERE a.key = $1`,
} as const;

export const TRUNKS = `
  SELECT id, kind, country, called_format, calling_format, default_cli, trusted, emergency, attests, verifies, max_calls, max_calls_per_second
    FROM trunk WHERE enabled`;

export const ROUTES = `
  SELECT id, prefix, trunk_id, priority, weight, cost_micro, currency, days, from_minute, to_minute, time_zone, max_calls
    FROM route WHERE enabled`;

export const CENTRES = 'SELECT country, area, trunk_id FROM centre WHERE enabled';

export const CARRIERS = 'SELECT id, trunk_id FROM voip_carrier WHERE enabled';
