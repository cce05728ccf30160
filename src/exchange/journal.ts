import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallRecord } from './domain/record.js';
import { frame, unframe } from './journal.frame.js';

const SEGMENT = /^calls-([0-9]{8})\.journal$/;
const nameOf = (sequence: number): string => `calls-${String(sequence).padStart(8, '0')}.journal`;

interface Waiting {
  readonly bytes: Buffer;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** What the exchange needs of a journal. */
export type Journal = Pick<CallJournal, 'size' | 'has' | 'latest' | 'append' | 'replay'>;

/** What `replay` did with one record. `later`: the database is still away. `never`: it refuses this row for good. */
export type Replayed = 'done' | 'later' | 'never';

/**
 * Call records that wait for PostgreSQL, in files of this process's own directory. What `append` has answered survives a
 * crash of the process and of the machine (fdatasync, shared by all that wait at that moment). Replaying goes in the order of
 * writing; a file is removed when all of it is in the database, and records that are already there change nothing, so
 * a crash in between is harmless.
 */
export class CallJournal {
  private sequence = 0;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | undefined;
  private readonly pending = new Map<string, CallRecord>();

  private constructor(
    private readonly directory: string,
    private readonly report: (what: string, detail: object) => void,
  ) {}

  /** Opens the directory (made if missing, mode 0700: records name people) and reads what a former process left. */
  static async open(directory: string, report: (what: string, detail: object) => void): Promise<CallJournal> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const journal = new CallJournal(directory, report);
    for (const segment of await journal.segments()) {
      journal.sequence = Math.max(journal.sequence, segment);
      for (const record of await journal.read(segment)) journal.note(record);
    }
    journal.sequence++;
    return journal;
  }

  /** How many calls have records here that the database does not have. */
  get size(): number {
    return this.pending.size;
  }

  has(callId: string): boolean {
    return this.pending.has(callId);
  }

  /** The latest record of each call that waits here. */
  latest(): readonly CallRecord[] {
    return [...this.pending.values()];
  }

  /** Resolves when the record is on the disk; rejects when it can't be written (disk full, read-only). */
  append(record: CallRecord): Promise<void> {
    const written = new Promise<void>((done, failed) => {
      this.waiting.push({ bytes: frame(record), done, failed });
    });
    this.flushing ??= this.flush().finally(() => {
      this.flushing = undefined;
    });
    return written.then(() => this.note(record));
  }

  /**
   * Hands every record to `save`, oldest first, until one says `later`. A record that is refused for good is put aside
   * in a file of its own (never lost, never in the way). Returns whether nothing is left.
   */
  async replay(save: (record: CallRecord) => Promise<Replayed>): Promise<boolean> {
    await this.flushing;
    const upTo = this.sequence++;
    for (const segment of await this.segments()) {
      if (segment > upTo) break;
      if (!(await this.replaySegment(segment, save))) return false;
    }
    return (await this.segments()).length === 0;
  }

  private async replaySegment(
    segment: number,
    save: (record: CallRecord) => Promise<Replayed>,
  ): Promise<boolean> {
    const records = await this.read(segment);
    for (const record of records) {
      const replayed = await save(record);
      if (replayed === 'later') return false;
      if (replayed === 'never') await this.putAside(record);
      const known = this.pending.get(record.id);
      if (known !== undefined && known.version <= record.version) this.pending.delete(record.id);
    }
    // A former process that is still on its way out may have added to its file meanwhile.
    if ((await this.read(segment)).length > records.length) return this.replaySegment(segment, save);
    await unlink(join(this.directory, nameOf(segment)));
    return true;
  }

  private async putAside(record: CallRecord): Promise<void> {
    const name = `refused-${record.id}-${record.version}.journal`;
    await write(join(this.directory, `${name}.part`), frame(record));
    await rename(join(this.directory, `${name}.part`), join(this.directory, name));
    this.report('a call record was refused by the database for good: it is kept aside', { file: name });
  }

  private async flush(): Promise<void> {
    // One turn of the event loop gathers what the same tick has to write.
    await undefined;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await write(
          join(this.directory, nameOf(this.sequence)),
          Buffer.concat(batch.map(({ bytes }) => bytes)),
        );
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
  }

  private note(record: CallRecord): void {
    const known = this.pending.get(record.id);
    if (known === undefined || known.version < record.version) this.pending.set(record.id, record);
  }

  private async segments(): Promise<readonly number[]> {
    const names = await readdir(this.directory);
    return names.flatMap((name) => Number(SEGMENT.exec(name)?.[1] ?? Number.NaN) || []).sort((a, b) => a - b);
  }

  private async read(segment: number): Promise<readonly CallRecord[]> {
    const { values, damaged } = unframe(await readFile(join(this.directory, nameOf(segment))));
    if (damaged > 0) this.report('journal lines were not written whole', { file: nameOf(segment), damaged });
    return values as readonly CallRecord[];
  }
}

async function write(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    await file.write(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}
