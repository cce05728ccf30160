import { setCarrier } from '../../src/billing/index.js';
import type { Sql } from '../../src/infra/db/sql.js';
import { newId } from '../../src/kernel/ids.js';
import { calleeAddress } from './peer.js';

/** SIPp's callee as a gateway by three names, as a number has several ways; and the port it has to listen on. */
const trunks = ['bench-callee', 'bench-callee-2', 'bench-callee-3'];
const port = 27033;

/** The bench dials numbers below it: Korean mobile ones. */
const prefix = '8210';
/** Whom the demo world pays by its own price list. */
const OPERATORS_DECK = 'lab-operators';

/**
 * Adds to the lab world gateways at SIPp's callee and the routes of the bench's numbers to them. Rows as an operator would add
 * them, nothing is loosened: the exchange reads, routes and records these calls like any others. The lab's own ways are
 * closed: SIPp is there only while a run lasts and answers no OPTIONS, so they would be preferred.
 */
export async function addCallee(sql: Sql): Promise<{ readonly address: string; readonly port: number }> {
  await sql.run('UPDATE route SET enabled = false');
  for (const [at, trunk] of trunks.entries()) {
    await sql.run(
      `INSERT INTO trunk (id, name, kind, country, host, port, called_format, calling_format, trusted)
       VALUES ($1, 'Bench callee', 'gateway', 'KR', $2, $3, '{"form": "national"}', '{"form": "e164plus"}', false)`,
      [trunk, calleeAddress, port],
    );
    await sql.run(
      `INSERT INTO route (id, prefix, trunk_id, priority, cost_micro, currency) VALUES ($1, $2, $3, $4, 10000, 'USD')`,
      [newId(), prefix, trunk, at + 1],
    );
  }
  await setCarrier(sql, { id: 'bench-callee', name: 'Bench callee', deckId: OPERATORS_DECK, trunks });
  return { address: calleeAddress, port };
}
