/**
 * Everything that one call may need to know of numbers and members, in one round trip: assignments by key ($1) or by a
 * shadow ($2), and the members named ($3) or holding one of those, each with devices and numbers.
 */
export const LOOK_UP = `
  WITH assignment AS (
    SELECT * FROM number_assignment WHERE key = ANY($1)
    UNION
    SELECT a.* FROM number_shadow s JOIN number_assignment a ON a.id = s.assignment_id WHERE s.e164 = ANY($2)
  ),
  wanted AS (SELECT unnest($3::uuid[]) AS id UNION SELECT holder_id FROM assignment)
  SELECT 'assignment' AS kind, jsonb_build_object(
           'id', a.id, 'key', a.key, 'kind', a.kind, 'ccc', a.ccc, 'region', a.region,
           'identification', a.identification, 'holderId', a.holder_id,
           'shadows', (SELECT coalesce(jsonb_agg(jsonb_build_object('country', s.country, 'e164', s.e164,
                         'verified', s.verified_at IS NOT NULL) ORDER BY s.country), '[]')
                         FROM number_shadow s WHERE s.assignment_id = a.id)) AS found
    FROM assignment a
  UNION ALL
  SELECT 'member', jsonb_build_object(
           'id', m.id, 'name', m.name, 'active', m.status = 'active',
           'devices', (SELECT coalesce(jsonb_agg(d.username ORDER BY d.created_at, d.username), '[]')
                         FROM device d WHERE d.member_id = m.id AND d.enabled),
           'numbers', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', n.key, 'region', n.region,
                         'shadows', (SELECT coalesce(jsonb_agg(jsonb_build_object('country', s.country, 'e164', s.e164,
                                       'verified', s.verified_at IS NOT NULL) ORDER BY s.country), '[]')
                                       FROM number_shadow s WHERE s.assignment_id = n.id))
                         ORDER BY n.created_at, n.key), '[]')
                         FROM number_assignment n WHERE n.holder_id = m.id))
    FROM member m JOIN wanted USING (id)`;

/** Whom a changed row concerns: the member, and the key of the number. */
export const OWNERS = {
  device: 'SELECT member_id AS member, NULL AS key FROM device WHERE username = $1',
  number_assignment: 'SELECT holder_id AS member, key FROM number_assignment WHERE key = $1',
  number_shadow: `SELECT a.holder_id AS member, a.key
                    FROM number_shadow s JOIN number_assignment a ON a.id = s.assignment_id WHERE s.e164 = $1`,
} as const;

export const TRUNKS = `
  SELECT id, kind, country, called_format, calling_format, default_cli, trusted, emergency FROM trunk WHERE enabled`;

export const ROUTES = `
  SELECT prefix, trunk_id, priority, weight, cost_micro, currency FROM route WHERE enabled`;
