import type { Tx } from '../../infra/db/tx.js';
import { releaseNumber } from '../../numbering/index.js';
import { HOLDING } from '../domain/contract-states.js';
import { restNumber } from '../numbers/claims.service.js';
import { settingsOf } from '../settings.js';
import { lockContract } from './contracts.rows.js';
import { giveUp } from './ending.service.js';

const ERASED = 'erased';

/** Every number that these members have: by its contract where there is one, else (an operator gave it) by itself. All rest then. */
export async function giveNumbersBack(tx: Tx, memberIds: readonly string[]): Promise<void> {
  const contracts = await tx.rows<{ id: string }>(
    `SELECT id FROM number_contract WHERE holder_id = ANY($1) AND state = ANY ($2)`,
    [memberIds, HOLDING],
  );
  for (const { id } of contracts) {
    const contract = await lockContract(tx, id);
    if (!contract.ok) continue;
    const ended = await giveUp(tx, contract.value, {
      event: 'revoke',
      to: 'ended',
      by: 'shop',
      reason: ERASED,
    });
    if (!ended.ok) throw new Error(ended.failure.message);
  }
  const others = await tx.rows<{ key: string; holderId: string }>(
    'SELECT key, holder_id AS "holderId" FROM number_assignment WHERE holder_id = ANY($1)',
    [memberIds],
  );
  const { quarantineDays } = await settingsOf(tx);
  for (const { key, holderId } of others) {
    await releaseNumber(tx, key, holderId);
    await restNumber(tx, key, quarantineDays, ERASED);
  }
}
