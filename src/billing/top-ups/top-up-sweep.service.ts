import type { Sql } from '../../infra/db/sql.js';
import { applyFact } from './payment-facts.service.js';
import { advanceRefund } from './refunds.service.js';
import type { TopUpPort } from './top-up-port.js';
import type { InTx } from './top-ups.service.js';

/** At most so many of each in one go. */
const MOST = 100;

/**
 * Payments of which nothing was heard for 10 minutes are asked about; after 3 days without money they have expired, and so
 * have orders that the provider never answered to, after a day. Refunds that wait are told of again, under their key.
 */
export async function sweepTopUps(inTx: InTx, sql: Sql, port: TopUpPort): Promise<void> {
  const pending = await sql.rows<{ id: string; reference: string; old: boolean }>(
    `SELECT id, reference, asked_at < now() - interval '3 days' AS old FROM top_up
      WHERE state = 'pending' AND port = $1 AND asked_at < now() - interval '10 minutes' ORDER BY random() LIMIT ${MOST}`,
    [port.name],
  );
  for (const { id, reference, old } of pending) {
    const fact = await port.look(reference);
    const due = fact ?? (old ? ({ kind: 'expired', key: id, reason: 'nobody paid' } as const) : undefined);
    if (due !== undefined) await inTx((tx) => applyFact(tx, port.name, due));
  }
  const silent = await sql.rows<{ id: string }>(
    `SELECT id FROM top_up WHERE state = 'asked' AND port = $1 AND asked_at < now() - interval '1 day' ORDER BY asked_at LIMIT ${MOST}`,
    [port.name],
  );
  for (const { id: key } of silent) {
    const fact = { kind: 'expired', key, reason: 'the provider never answered' } as const;
    await inTx((tx) => applyFact(tx, port.name, fact));
  }
  const refunds = await sql.rows<{ id: string }>(
    `SELECT r.id FROM top_up_refund r JOIN top_up t ON t.id = r.top_up_id
      WHERE r.state = 'waiting' AND t.port = $1 AND r.asked_at < now() - interval '1 minute' AND r.provider_id IS NULL
      ORDER BY r.asked_at LIMIT ${MOST}`,
    [port.name],
  );
  for (const { id } of refunds) await advanceRefund(inTx, sql, port, id);
}
