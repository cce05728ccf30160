import type { SipObjects } from '../../infra/ari/sip-objects.js';
import type { Sql } from '../../infra/db/sql.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import type { CardActivations } from '../../membership/index.js';

interface WatchLog {
  warn(fields: object, message: string): void;
}

const LOOK_EVERY_MS = 60_000;

/** Desk phones with a card in; browsers are looked after by whoever holds their connection. */
const DESK_TERMINALS = `
  SELECT a.device_id AS "deviceId", d.username FROM card_activation a JOIN device d ON d.id = a.device_id
   WHERE a.ended_at IS NULL AND d.kind = 'sip'`;

/**
 * A telephone that is gone (unplugged, its registration over) lets go of its card, so that nobody calls on the holder's account when it is
 * plugged in elsewhere. One look is not enough: a phone that restarts is away for a moment.
 */
export class TerminalWatch {
  private missed: ReadonlySet<string> = new Set();
  private cancelTimer: CancelTimer = () => undefined;

  constructor(
    private readonly sql: Sql,
    private readonly objects: Pick<SipObjects, 'registered'>,
    private readonly activations: Pick<CardActivations, 'end'>,
    private readonly clock: Clock,
    private readonly log: WatchLog,
  ) {}

  start(): void {
    this.cancelTimer = this.clock.after(LOOK_EVERY_MS, () => {
      this.look().catch((error: unknown) => this.log.warn({ err: error }, 'terminals were not looked at'));
      this.start();
    });
  }

  stop(): void {
    this.cancelTimer();
  }

  /** Where Asterisk does not answer, nobody is missed. */
  async look(): Promise<void> {
    const terminals = await this.sql.rows<{ deviceId: string; username: string }>(DESK_TERMINALS);
    const registered = terminals.length === 0 ? undefined : await this.objects.registered();
    if (registered === undefined || !registered.ok) {
      this.missed = new Set();
      return;
    }
    const away = terminals.filter(({ username }) => !registered.value.has(username));
    const gone = away.filter(({ deviceId }) => this.missed.has(deviceId));
    this.missed = new Set(away.map(({ deviceId }) => deviceId));
    for (const { deviceId } of gone) await this.activations.end(deviceId, 'terminal-lost');
  }
}
