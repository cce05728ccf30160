import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { EVIDENCE_DAYS } from '../domain/decide-proof.js';
import { moveProof } from './holding.js';
import { PROOF_COLUMNS, type Proof } from './proof.rows.js';
import { ProofSettlement } from './settlement.js';

const LOOK_EVERY_MS = 60_000;
const MOST_AT_ONCE = 100;

/** What time does to proofs: contests end, codes expire, old evidence says nothing any more; forgets mailed codes of yesterday. */
@Injectable()
export class ProofUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;

  constructor(
    private readonly db: Db,
    private readonly settlement: ProofSettlement,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.cancelTimer = this.clock.after(LOOK_EVERY_MS, () => {
      this.look()
        .catch((error: unknown) => this.log.warn({ err: error }, 'proofs were not looked at'))
        .finally(() => this.stopped || this.onApplicationBootstrap());
    });
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  async look(): Promise<void> {
    for (const id of await this.due(`state = 'contested' AND contest_until <= now()`))
      await this.locked(id, 'contested', (tx, proof) => this.settlement.contestOver(tx, proof));
    for (const id of await this.due(`state = 'waiting' AND expires_at <= now()`))
      await this.locked(id, 'waiting', (tx, proof) => moveProof(tx, proof, 'time.passed', 'expired'));
    const old = `state = 'proved' AND kind = 'telephone' AND proved_at < now() - interval '${EVIDENCE_DAYS} days'`;
    for (const id of await this.due(old))
      await this.locked(id, 'proved', (tx, proof) => moveProof(tx, proof, 'time.passed', 'released'));
    await this.db.run(`DELETE FROM mailed_code WHERE created_at < now() - interval '1 day'`);
  }

  private async due(condition: string): Promise<readonly string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `SELECT id FROM control_proof WHERE ${condition} LIMIT ${MOST_AT_ONCE}`,
    );
    return rows.map(({ id }) => id);
  }

  /** Each in a transaction of its own, and only if it is still so. */
  private locked(
    id: string,
    state: Proof['state'],
    work: (tx: Parameters<Parameters<Db['inTx']>[0]>[0], proof: Proof) => Promise<void>,
  ): Promise<void> {
    return this.db.inTx(async (tx) => {
      const [proof] = await tx.rows<Proof>(
        `SELECT ${PROOF_COLUMNS} FROM control_proof WHERE id = $1 AND state = $2 FOR UPDATE`,
        [id, state],
      );
      if (proof !== undefined) await work(tx, proof);
    });
  }
}
