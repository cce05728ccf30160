import type { Sql } from '../../infra/db/sql.js';

/** PostgreSQL channel on which exchanges are told that an operator wishes something. */
export const OPERATOR_WISHES_CHANNEL = 'operator_wish';

export interface WishHands {
  hangUp(callId: string): void;
  endRegistration(contact: string): Promise<void>;
}

interface WishLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

interface Wish {
  readonly id: string;
  readonly kind: 'hang-up' | 'end-registration';
  readonly call_id: string | null;
  readonly contact: string | null;
  readonly account_id: string;
}

/** Does what operators wish of this node's calls and phones: each wish once, by whichever process has the node; none that is old. */
export class WishTaker {
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly node: string,
    private readonly sql: Sql,
    private readonly hands: WishHands,
    private readonly log: WishLog,
  ) {}

  look(): void {
    this.work = this.work
      .then(() => this.take())
      .catch((error: unknown) => this.log.warn({ err: error }, 'operators’ wishes could not be looked at'));
  }

  settled(): Promise<void> {
    return this.work;
  }

  private async take(): Promise<void> {
    for (const wish of await this.sql.rows<Wish>(TAKE, [this.node])) {
      this.log.info({ wish: wish.kind, call: wish.call_id, account: wish.account_id }, 'an operator wishes');
      if (wish.call_id !== null) this.hands.hangUp(wish.call_id);
      if (wish.contact !== null) await this.hands.endRegistration(wish.contact);
    }
  }
}

/** Whoever has pressed a button and seen nothing happen for a minute presses again. */
const TAKE = `
  UPDATE operator_wish SET taken_at = now()
   WHERE node = $1 AND taken_at IS NULL AND asked_at > now() - interval '60 seconds'
  RETURNING id, kind, call_id, contact, account_id`;
