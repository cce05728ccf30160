import type { Client } from 'pg';
import { newId } from '../../src/kernel/ids.js';
import { calleeAddress } from './peer.js';

/** SIPp's callee as a gateway, and the port it has to listen on. */
const trunk = { id: 'bench-callee', port: 27033 };

/** The bench dials numbers below it: Korean mobile ones, which the lab world has no route of its own for. */
const prefix = '8210';

/**
 * Adds to the lab world a gateway at SIPp's callee and the route of the bench's numbers to it. Rows as an operator would
 * add them, nothing is loosened: the exchange reads, routes and records these calls like any others.
 */
export async function addCallee(db: Client): Promise<{ readonly address: string; readonly port: number }> {
  await db.query(
    `INSERT INTO trunk (id, name, kind, country, host, port, called_format, calling_format, trusted)
     VALUES ($1, 'Bench callee', 'gateway', 'KR', $2, $3, '{"form": "national"}', '{"form": "e164plus"}', false)`,
    [trunk.id, calleeAddress, trunk.port],
  );
  await db.query(
    `INSERT INTO route (id, prefix, trunk_id, priority, cost_micro, currency) VALUES ($1, $2, $3, 1, 10000, 'USD')`,
    [newId(), prefix, trunk.id],
  );
  return { address: calleeAddress, port: trunk.port };
}
