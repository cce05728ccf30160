import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';
import { canonicalKey, parsePin } from '../../numbering/index.js';
import type { Origin } from '../domain/call.js';
import { NOBODY_ID } from './nobody.js';

interface Found {
  readonly member_id: string;
  readonly device_id: string | null;
  readonly username: string | null;
  readonly country: string;
  readonly area: string | null;
  readonly location_number: string | null;
}

/** A member by id, number, telephone number, or one of his phones' account; the phone named, else his first. */
const CALLER = `
  SELECT m.id AS member_id, d.id AS device_id, d.username, coalesce(d.country, m.country) AS country,
         CASE WHEN d.id IS NULL THEN m.area ELSE d.area END AS area, d.location_number
    FROM member m LEFT JOIN LATERAL (
      SELECT * FROM device WHERE member_id = m.id AND enabled ORDER BY (username = $1) DESC, created_at, username LIMIT 1
    ) d ON true
   WHERE m.id = (
     SELECT id FROM member WHERE id::text = $1
     UNION ALL SELECT member_id FROM device WHERE username = $1
     UNION ALL SELECT holder_id FROM number_assignment WHERE key = ANY($2)
     UNION ALL SELECT a.holder_id FROM number_shadow s JOIN number_assignment a ON a.id = s.assignment_id WHERE s.e164 = $1
     LIMIT 1)`;

const PLACE = /^([A-Z]{2})(?::([0-9]{1,6}))?$/;

/**
 * Who would call: `KR`, `KR:02` (somebody there of whom nothing is known), a member's id, number or telephone number, or the
 * account of one of his phones. Undefined when there is nobody of that name.
 */
export async function callerNamed(sql: Sql, from: string): Promise<Origin | undefined> {
  const place = PLACE.exec(from);
  if (place !== null) {
    const [, country = '', area] = place;
    const nobody = { kind: 'member', memberId: NOBODY_ID, deviceId: newId(), username: '' } as const;
    return { ...nobody, country, ...(area === undefined ? {} : { area }) };
  }
  const [found] = await sql.rows<Found>(CALLER, [from, keysOf(from)]);
  if (found === undefined) return undefined;
  const { member_id, device_id, username, country, area, location_number } = found;
  return {
    kind: 'member',
    memberId: member_id,
    deviceId: device_id ?? newId(),
    username: username ?? '',
    country,
    ...(area === null ? {} : { area }),
    ...(location_number === null ? {} : { location: location_number }),
  };
}

/** The keys that a number of ours could have, however it is spelled. */
function keysOf(from: string): readonly string[] {
  const pin = parsePin(from);
  const company = /^[\d-]+#/.exec(from)?.[0].replaceAll('-', '');
  return [...(pin.ok ? [canonicalKey(pin.value)] : []), ...(company === undefined ? [] : [company])];
}
