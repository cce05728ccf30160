import type { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { audit } from '../../infra/http/audit/audit.js';
import { newId } from '../../kernel/ids.js';
import { OPERATOR_WISHES_CHANNEL } from './wish-taker.js';

export type OperatorWish = { readonly node: string; readonly accountId: string; readonly reason: string } & (
  | { readonly kind: 'hang-up' | 'listen'; readonly callId: string }
  | { readonly kind: 'end-registration'; readonly contact: string }
);

/** Writes down what an operator wishes, and wakes the exchange that can do it once the transaction has committed. */
export async function wishFor(db: Db, tx: Tx, wish: OperatorWish): Promise<string> {
  const id = newId();
  const callId = wish.kind === 'end-registration' ? null : wish.callId;
  const contact = wish.kind === 'end-registration' ? wish.contact : null;
  await tx.run(
    `INSERT INTO operator_wish (id, node, kind, call_id, contact, account_id, reason, taken_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $3 = 'listen' THEN now() END)`,
    [id, wish.node, wish.kind, callId, contact, wish.accountId, wish.reason],
  );
  const { kind, reason } = wish;
  await audit(tx, {
    kind: callId === null ? 'registration' : 'call',
    id: callId ?? contact ?? '',
    after: { deed: kind, reason },
  });
  tx.afterCommit(() => {
    void db.rows('SELECT pg_notify($1, $2)', [OPERATOR_WISHES_CHANNEL, '']).catch(() => undefined);
  });
  return id;
}
