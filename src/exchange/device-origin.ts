import type { Pool } from 'pg';
import { withDeadline } from '../kernel/deadline.js';
import type { Origin } from './domain/call.js';

const DEADLINE_MS = 2_000;

interface Row {
  readonly id: string;
  readonly member_id: string;
  readonly country: string;
  readonly area: string | null;
  readonly location_number: string | null;
}

/** Of the devices that may register (view ps_endpoints), by SIP user name. */
const DEVICE = `
  SELECT d.id, d.member_id, d.country, d.area, d.location_number
    FROM device d JOIN member m ON m.id = d.member_id
   WHERE d.username = $1 AND d.enabled AND m.status = 'active'`;

/**
 * Whose device has this SIP user name, as if it had just called; undefined when there is none. For calls that a called
 * device makes by a transfer: its own channel may be gone when we ask. Throws while PostgreSQL is away.
 */
export async function deviceOrigin(pool: Pool, username: string): Promise<Origin | undefined> {
  const query = { name: 'device-origin', text: DEVICE, values: [username] };
  const { rows } = await withDeadline(pool.query<Row>(query), DEADLINE_MS);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    kind: 'member',
    memberId: row.member_id,
    deviceId: row.id,
    country: row.country,
    ...(row.area === null ? {} : { area: row.area }),
    ...(row.location_number === null ? {} : { location: row.location_number }),
    username,
  };
}
