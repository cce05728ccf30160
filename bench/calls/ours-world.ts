import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { digestOf } from '../../src/cli/lab-world.js';
import { newId } from '../../src/kernel/ids.js';
import { calleeAddress } from './peer.js';

/** The trunk the bench's numbers (+82 10 …) leave by: SIPp's callee, like a gateway. */
const trunk = { id: 'bench-callee', port: 27033 };

/**
 * Gives the bench a member with a phone that calls, and a trunk with a route to SIPp's callee. Rows are added as an
 * operator would, nothing is loosened: the exchange reads, routes and records these calls as any others.
 * @returns who the caller is and where the callee must listen.
 */
export async function addBenchWorld(db: Client, realm: string) {
  const caller = { username: 'bench-caller', secret: randomBytes(12).toString('hex') };
  const member = newId();
  const number = newId();
  await db.query(
    `INSERT INTO member (id, kind, name, language, country, area) VALUES ($1, 'person', 'Bench', 'en', 'KR', '02')`,
    [member],
  );
  await db.query(
    `INSERT INTO device (id, member_id, username, digest, label, kind, country, area, location_number)
     VALUES ($1, $2, $3, $4, 'bench', 'sip', 'KR', '02', '+82262009000')`,
    [newId(), member, caller.username, digestOf(caller.username, realm, caller.secret)],
  );
  await db.query(
    `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
     VALUES ($1, '0262009000082', 'pin', '082', 'KR', '0262009000', '02-6200-9000-082', $2)`,
    [number, member],
  );
  await db.query(
    `INSERT INTO number_shadow (assignment_id, country, e164, verified_at) VALUES ($1, 'KR', '+82262009000', now())`,
    [number],
  );
  await db.query(
    `INSERT INTO trunk (id, name, kind, country, host, port, called_format, calling_format, trusted)
     VALUES ($1, 'Bench callee', 'gateway', 'KR', $2, $3, '{"form": "national"}', '{"form": "e164plus"}', false)`,
    [trunk.id, calleeAddress, trunk.port],
  );
  await db.query(
    `INSERT INTO route (id, prefix, trunk_id, priority, cost_micro, currency) VALUES ($1, '8210', $2, 1, 10000, 'USD')`,
    [newId(), trunk.id],
  );
  return { caller, callee: { address: calleeAddress, port: trunk.port } };
}
