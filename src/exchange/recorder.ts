import { inSpanOf } from '../infra/trace/tracing.js';
import type { CancelTimer, Clock } from '../kernel/clock.js';
import type { CallStore, Stored } from './call-store.js';
import type { SaveHow } from './domain/effect.js';
import type { CallRecord } from './domain/record.js';
import type { Journal, Replayed } from './journal.js';

export interface RecorderLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/** How long a save may take before the database counts as away; a new caller waits for it. */
const DEADLINE_MS = 2_000;
/** A call for help waits less: its record may go to the journal. */
const SHORT_DEADLINE_MS = 300;
/** Nobody waits for a replay. */
const REPLAY_DEADLINE_MS = 5_000;
const PROBE_MS = 200;
const SOON_MS = 1_000;
/**
 * Ends wait this long for each other: nothing of a call waits for its end to be saved, and one statement and one commit
 * serve all of them. A process that dies meanwhile finds them open and their channels gone, as if it had died before the hang-up.
 */
const ENDS_MS = 200;

type Recorded = 'recorded' | 'refused';

/** Ends that are saved together, and how to do that before their time. */
interface Ends {
  readonly records: Map<string, CallRecord>;
  readonly saved: Promise<void>;
  readonly save: () => void;
}

/**
 * Records calls: in PostgreSQL while it answers, in the local journal while it does not. After one silence every save
 * goes to the journal at once, until a probe is answered and what waits there was replayed.
 */
export class Recorder {
  private away = false;
  private cancelProbe: CancelTimer = () => undefined;
  private cancelSoon: CancelTimer | undefined;
  private probing: Promise<void> | undefined;
  private soon = new Map<string, CallRecord>();
  private ends: Ends | undefined;
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

  /** Saves what waits, and waits for saves under way. */
  async stop(): Promise<void> {
    this.cancelProbe();
    if (this.soon.size > 0) this.track(this.flushSoon());
    this.ends?.save();
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  get databaseAway(): boolean {
    return this.away;
  }

  get waiting(): number {
    return this.journal.size;
  }

  /**
   * `recorded`: in the database, or in the journal where `how` allows it, or (`soon`) about to be. `refused`: not in time,
   * and it may still turn up; only with `or-refuse`. Never rejects.
   */
  record(record: CallRecord, how: SaveHow): Promise<Recorded> {
    if (how === 'soon') {
      this.soon.set(record.id, record);
      this.cancelSoon ??= this.clock.after(SOON_MS, () => this.track(this.flushSoon()));
      return Promise.resolve('recorded');
    }
    // This later save says all that the waiting one would have.
    this.soon.delete(record.id);
    const save = () => (record.endedAt === null ? this.save(record, how) : this.saveEnd(record));
    return this.track(inSpanOf(record.id, 'store', save));
  }

  /** With the other ends of these milliseconds. */
  private async saveEnd(record: CallRecord): Promise<Recorded> {
    if (this.away) return this.save(record, 'or-journal');
    this.ends ??= this.gatherEnds();
    this.ends.records.set(record.id, record);
    await this.ends.saved;
    return 'recorded';
  }

  private gatherEnds(): Ends {
    const records = new Map<string, CallRecord>();
    const due = Promise.withResolvers<void>();
    const cancel = this.clock.after(ENDS_MS, due.resolve);
    const saved = due.promise.then(() => {
      cancel();
      this.ends = undefined;
      return this.saveEnds([...records.values()]);
    });
    return { records, saved, save: due.resolve };
  }

  /** One row that the database refuses must not keep the others from it: then each is saved by itself. */
  private async saveEnds(records: readonly CallRecord[]): Promise<void> {
    const stored = this.away ? 'away' : await this.store.saveEnded(records, DEADLINE_MS);
    if (stored === 'saved') return;
    if (stored === 'away') this.goAway();
    await Promise.all(records.map((record) => this.save(record, 'or-journal')));
  }

  private async save(record: CallRecord, how: 'or-refuse' | 'or-journal'): Promise<Recorded> {
    if (!this.away) {
      const urgent = how === 'or-journal' && record.endedAt === null;
      const stored = await this.store.save(record, urgent ? SHORT_DEADLINE_MS : DEADLINE_MS);
      if (stored === 'saved') return 'recorded';
      this.note(stored, record, urgent);
    }
    if (how === 'or-refuse') return 'refused';
    await this.write(record);
    return 'recorded';
  }

  private async flushSoon(): Promise<void> {
    this.cancelSoon?.();
    this.cancelSoon = undefined;
    const records = [...this.soon.values()];
    this.soon.clear();
    if (!this.away) {
      const stored = await this.store.saveOpen(records, DEADLINE_MS);
      if (stored === 'saved') return;
      for (const record of records.slice(0, 1)) this.note(stored, record, false);
    }
    await Promise.all(records.map((record) => this.write(record)));
  }

  /** Only a long silence counts: an urgent save that went to the journal may just have met a slow moment. */
  private note(stored: Exclude<Stored, 'saved'>, record: CallRecord, urgent: boolean): void {
    if (stored !== 'away') {
      this.log.error({ call: record.id, reason: stored.rejected }, 'the database refuses a call record');
    } else if (!urgent) this.goAway();
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
      // One replay at a time: it removes files that a second one would still be reading.
      if (this.probing === undefined) this.probing = this.track(this.probe());
      else this.probeSoon();
    });
  }

  /** Never rejects: whatever goes wrong is tried again. */
  private async probe(): Promise<void> {
    let done = false;
    try {
      done = await this.catchUp();
    } catch (error) {
      this.log.error({ err: error }, 'the journal could not be replayed');
    }
    this.probing = undefined;
    if (!done) this.probeSoon();
  }

  /** Whether the database answers and nothing is left to bring to it. */
  private async catchUp(): Promise<boolean> {
    if (!(await this.store.answers())) return false;
    if (this.away) this.log.info({ waiting: this.journal.size }, 'the database answers again');
    this.away = false;
    return this.journal.replay((record) => this.replay(record));
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

  private track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
    return work;
  }
}
