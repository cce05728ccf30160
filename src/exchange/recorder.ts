import type { CancelTimer, Clock } from '../kernel/clock.js';
import type { CallStore } from './call-store.js';
import type { CallRecord } from './domain/record.js';
import type { Journal, Replayed } from './journal.js';

export interface RecorderLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/** How long a save may take before the database counts as away; a caller waits for it. */
const DEADLINE_MS = 1_000;
/** A call for help waits less: its record may go to the journal. */
const SHORT_DEADLINE_MS = 250;
/** Nobody waits for a replay. */
const REPLAY_DEADLINE_MS = 5_000;
const PROBE_MS = 500;

/**
 * Records calls: in PostgreSQL while it answers, in the local journal while it does not. After one silence every save
 * goes to the journal at once, until a probe is answered and what waits there was replayed.
 */
export class Recorder {
  private away = false;
  private cancelProbe: CancelTimer = () => undefined;
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly store: CallStore,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly log: RecorderLog,
  ) {}

  /** Begins to bring to the database what a former process left in the journal. */
  start(): void {
    if (this.journal.size > 0) this.probeSoon();
  }

  /** Waits for saves under way. */
  async stop(): Promise<void> {
    this.cancelProbe();
    await Promise.allSettled(this.underWay);
  }

  get databaseAway(): boolean {
    return this.away;
  }

  get waiting(): number {
    return this.journal.size;
  }

  /**
   * `recorded`: in the database, or in the journal where `orElse` allows it. `refused`: not in time, and it may still
   * turn up; only with `orElse: 'refuse'`. Never rejects.
   */
  record(record: CallRecord, orElse: 'refuse' | 'journal'): Promise<'recorded' | 'refused'> {
    const work = this.save(record, orElse);
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
    return work;
  }

  private async save(record: CallRecord, orElse: 'refuse' | 'journal'): Promise<'recorded' | 'refused'> {
    if (!this.away) {
      const urgent = orElse === 'journal' && record.endedAt === null;
      const stored = await this.store.save(record, urgent ? SHORT_DEADLINE_MS : DEADLINE_MS);
      if (stored === 'saved') return 'recorded';
      if (stored === 'away') this.goAway();
      else this.log.error({ call: record.id, reason: stored.rejected }, 'the database refuses a call record');
    }
    if (orElse === 'refuse') return 'refused';
    await this.write(record);
    return 'recorded';
  }

  /** To the journal, again and again if need be: without a record nothing goes on. */
  private async write(record: CallRecord): Promise<void> {
    for (;;) {
      try {
        await this.journal.append(record);
        if (!this.away) this.probeSoon();
        return;
      } catch (error) {
        this.log.error({ call: record.id, err: error }, 'a call record can be written nowhere: trying again');
        await new Promise<void>((resolve) => {
          this.clock.after(PROBE_MS, resolve);
        });
        if ((await this.store.save(record, DEADLINE_MS)) === 'saved') return;
      }
    }
  }

  private goAway(): void {
    if (this.away) return;
    this.away = true;
    this.log.warn(
      {},
      'the database does not answer: calls in progress go to the journal, new ones are refused',
    );
    this.probeSoon();
  }

  private probeSoon(): void {
    this.cancelProbe();
    this.cancelProbe = this.clock.after(PROBE_MS, () => {
      const work = this.probe().catch((error: unknown) => {
        this.log.error({ err: error }, 'the journal could not be replayed');
        this.probeSoon();
      });
      this.underWay.add(work);
      void work.finally(() => this.underWay.delete(work));
    });
  }

  private async probe(): Promise<void> {
    if (!(await this.store.answers())) return this.probeSoon();
    if (this.away) this.log.info({ waiting: this.journal.size }, 'the database answers again');
    this.away = false;
    const empty = await this.journal.replay((record) => this.replay(record));
    if (!empty) this.probeSoon();
  }

  private async replay(record: CallRecord): Promise<Replayed> {
    const stored = await this.store.save(record, REPLAY_DEADLINE_MS);
    if (stored === 'saved') return 'done';
    if (stored === 'away') return 'later';
    this.log.error(
      { call: record.id, reason: stored.rejected },
      'the database refuses a journalled call record',
    );
    return 'never';
  }
}
