import type { AriOutcome } from '../../infra/ari/ari.port.js';
import type { Log } from '../../infra/log/log.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import type { DepositNote } from './deposit-note.js';
import type { MessageName, MessageSpool } from './message-spool.js';
import type { MessageStore } from './message-store.js';

export interface KeeperParts {
  readonly node: string;
  readonly spool: MessageSpool;
  readonly store: Pick<MessageStore, 'add' | 'known' | 'ofNode' | 'remove'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** `gone` when Asterisk no longer records under this name. */
  recordingGoesOn(recording: string): Promise<AriOutcome>;
}

/** `done`: on the disk, and in the database now or as soon as it answers. `nothing`: nobody said anything. */
export type Kept = 'done' | 'nothing' | 'failed';

/** A click and a hang-up are no message. */
const SHORTEST_MS = 1_000;
/** A mailbox that holds so many takes no more. */
export const MOST_MESSAGES = 100;
const SOON_MS = 2_000;
const EVERY_MS = 60_000;

/** Brings recordings into the database: at once when one ends, and by looking for those that a crash or an outage left behind. */
export class MessageKeeper {
  private readonly active = new Set<string>();
  private readonly storing = new Map<string, Promise<void>>();
  private cancelTimer: CancelTimer = () => undefined;
  private nextSweepAt = Number.POSITIVE_INFINITY;
  private sweeping: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly parts: KeeperParts) {}

  start(): void {
    this.sweepSoon();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  /** The mailbox takes no more messages. */
  async isFull(mailbox: string): Promise<boolean> {
    return (await this.parts.spool.contents(mailbox)).recordings.length >= MOST_MESSAGES;
  }

  /** Recording may begin when it resolves: whatever is recorded from here on is not lost. */
  async begin(note: DepositNote): Promise<void> {
    this.active.add(note.id);
    await this.parts.spool.begin(note);
  }

  /** Takes the recording of this call for one of ours until `release`, also if a former process began it. */
  hold(id: string): void {
    this.active.add(id);
  }

  /** Nobody is at this recording any more: if it was not kept, the next look keeps it. */
  release(id: string): void {
    this.active.delete(id);
    this.sweepSoon();
  }

  /** The recording has ended: makes it durable, and brings it into the database in the background. */
  async keep(name: MessageName): Promise<Kept> {
    const { spool, log } = this.parts;
    try {
      const facts = await spool.secure(name);
      if (facts === undefined || facts.durationMs < SHORTEST_MS) {
        await spool.remove(name);
        return 'nothing';
      }
      const note = await spool.noteOf(name);
      if (note !== undefined) void this.store(note, facts.durationMs);
      return 'done';
    } catch (error) {
      log.warn({ err: error, message: name.id }, 'a voice message could not be secured');
      return 'failed';
    }
  }

  /** Looks for what was left behind; looks that are asked for meanwhile share it. */
  sweep(): Promise<void> {
    this.sweeping ??= this.look()
      .catch((error: unknown) =>
        this.parts.log.warn({ err: error }, 'voice messages could not be looked through'),
      )
      .finally(() => {
        this.sweeping = undefined;
      });
    return this.sweeping;
  }

  /** Something was deleted elsewhere: its recording goes, too. */
  lookSoon(): void {
    this.sweepSoon();
  }

  /** An earlier look that is planned already stays planned. */
  private sweepSoon(waitMs = SOON_MS): void {
    const at = this.parts.clock.elapsed() + waitMs;
    if (this.stopped || at >= this.nextSweepAt) return;
    this.cancelTimer();
    this.nextSweepAt = at;
    this.cancelTimer = this.parts.clock.after(waitMs, () => {
      this.nextSweepAt = Number.POSITIVE_INFINITY;
      void this.sweep().then(() => this.sweepSoon(EVERY_MS));
    });
  }

  private store(note: DepositNote, durationMs: number): Promise<void> {
    const under = this.storing.get(note.id);
    if (under !== undefined) return under;
    const storing = this.storeNow(note, durationMs).finally(() => this.storing.delete(note.id));
    this.storing.set(note.id, storing);
    return storing;
  }

  private async storeNow(note: DepositNote, durationMs: number): Promise<void> {
    const { store, spool, node, log } = this.parts;
    try {
      const outcome = await store.add(note, node, durationMs);
      if (outcome === 'there') await spool.stored(note);
      else await spool.remove(note);
      log.info({ message: note.id, mailbox: note.mailbox, durationMs, outcome }, 'voice message');
    } catch (error) {
      log.warn({ err: error, message: note.id }, 'a voice message waits for the database');
      this.sweepSoon();
    }
  }

  private async look(): Promise<void> {
    const { spool } = this.parts;
    await Promise.all(this.storing.values());
    const strays: MessageName[] = [];
    const mailboxes = await spool.mailboxes();
    for (const mailbox of mailboxes) {
      const { notes, recordings } = await spool.contents(mailbox);
      for (const id of notes) await this.keepUnlessGoingOn({ mailbox, id });
      strays.push(...recordings.filter((id) => !notes.includes(id)).map((id) => ({ mailbox, id })));
    }
    await this.removeStrays(strays);
    await this.removeLost(new Set(mailboxes));
  }

  private async keepUnlessGoingOn(name: MessageName): Promise<void> {
    const { spool, recordingGoesOn } = this.parts;
    const isOurs = () => this.active.has(name.id) || this.storing.has(name.id);
    if (isOurs()) return;
    const outcome = await recordingGoesOn(spool.recordingOf(name));
    if (outcome.kind === 'gone' && !isOurs()) await this.keep(name);
  }

  /** A recording with neither note nor row: its message was deleted. */
  private async removeStrays(strays: readonly MessageName[]): Promise<void> {
    const known = await this.parts.store.known(strays.map(({ id }) => id));
    for (const name of strays) {
      if (known.has(name.id) || this.active.has(name.id)) continue;
      // Its row may have come while we looked: the note goes after the row is there, and is looked at first.
      if ((await this.parts.store.known([name.id])).size > 0) continue;
      await this.parts.spool.remove(name);
    }
  }

  /**
   * A row whose recording is gone from the disk cannot be heard: it must not light a lamp for ever. A mailbox whose directory is
   * gone as a whole is left alone: then a disk is missing, not a message.
   */
  private async removeLost(mailboxes: ReadonlySet<string>): Promise<void> {
    const { spool, store, node, log } = this.parts;
    for (const name of await store.ofNode(node)) {
      if (!mailboxes.has(name.mailbox) || (await spool.exists(spool.recordingOf(name)))) continue;
      if (await store.remove(name.mailbox, name.id))
        log.warn({ message: name.id }, 'the recording of a voice message is gone: its row was removed');
    }
  }
}
