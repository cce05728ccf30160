import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../infra/log/log.js';
import type { Failure, Result } from '../../kernel/result.js';
import type { MessageStore } from './message-store.js';

export interface LampParts {
  /** `voicemail` below Asterisk's spool directory. */
  readonly directory: string;
  readonly store: Pick<MessageStore, 'counts'>;
  readonly log: Pick<Log, 'warn'>;
  /** Makes Asterisk read its voicemail configuration anew. */
  reload(): Promise<Result<unknown, Failure>>;
}

/** Of the mailboxes in Asterisk: `<member>@anydial` (view ps_endpoints). */
const CONTEXT = 'anydial';
const FOLDERS = { fresh: 'INBOX', saved: 'Old' } as const;
/** More makes no difference to a lamp. */
const MOST_SHOWN = 99;
const fileOf = (at: number): string => `msg${String(at).padStart(4, '0')}.txt`;

interface Counts {
  readonly fresh: number;
  readonly saved: number;
}

/**
 * Message-waiting lamps (RFC 3842). Asterisk's own mailbox module counts empty files that we keep for it, when a device registers
 * and after its own restart too, with or without us. What changes meanwhile it counts when its configuration names the mailbox
 * and is read anew: the only way without the manager interface, whose events would cost a fifth of its CPU.
 */
export class MessageLamp {
  private work: Promise<void> = Promise.resolve();
  private readonly waiting = new Set<string>();
  private readonly untold = new Set<string>();
  private reloads = 0;

  constructor(private readonly parts: LampParts) {}

  /** Something about this mailbox changed. Several changes in a row are one. */
  changed(mailbox: string): void {
    if (this.waiting.has(mailbox)) return;
    this.waiting.add(mailbox);
    this.queue(async () => {
      this.waiting.delete(mailbox);
      const [counts] = await this.parts.store.counts(mailbox);
      await this.show(mailbox, counts ?? { fresh: 0, saved: 0 });
    });
  }

  /** Changes may have been missed: everything is compared. */
  resync(): void {
    this.queue(async () => {
      const counts = new Map((await this.parts.store.counts()).map((one) => [one.mailbox, one]));
      const shown = await readdir(join(this.parts.directory, CONTEXT)).catch(() => []);
      for (const mailbox of new Set([...counts.keys(), ...shown]))
        await this.show(mailbox, counts.get(mailbox) ?? { fresh: 0, saved: 0 });
    });
  }

  /** Asterisk can be told again: what it may have missed is repeated. */
  reconnected(): void {
    this.queue(() => this.tell());
  }

  /** Resolves when all that was asked for so far is done. */
  settled(): Promise<void> {
    return this.work;
  }

  private queue(job: () => Promise<void>): void {
    this.work = this.work.then(job).catch((error: unknown) => {
      this.parts.log.warn({ err: error }, 'a message-waiting lamp could not be set');
    });
  }

  private async show(mailbox: string, { fresh, saved }: Counts): Promise<void> {
    const changes = [
      await this.fill(mailbox, FOLDERS.fresh, fresh),
      await this.fill(mailbox, FOLDERS.saved, saved),
    ];
    if (!changes.includes(true)) return;
    this.untold.add(mailbox);
    await this.tell();
  }

  private async fill(mailbox: string, folder: string, count: number): Promise<boolean> {
    const directory = join(this.parts.directory, CONTEXT, mailbox, folder);
    const wanted = new Set(Array.from({ length: Math.min(count, MOST_SHOWN) }, (_, at) => fileOf(at)));
    const there = new Set(await readdir(directory).catch(() => []));
    const added = [...wanted].filter((name) => !there.has(name));
    const removed = [...there].filter((name) => !wanted.has(name));
    if (added.length > 0) await mkdir(directory, { recursive: true, mode: 0o770 });
    for (const name of added) await writeFile(join(directory, name), '');
    for (const name of removed) await rm(join(directory, name), { force: true });
    return added.length + removed.length > 0;
  }

  private async tell(): Promise<void> {
    if (this.untold.size === 0) return;
    const mailboxes = [...this.untold].map((mailbox) => `${mailbox} = ,,`);
    const path = join(this.parts.directory, 'changed.conf');
    // A file that is the same as last time is not read: the number makes it another.
    const lines = [`; ${++this.reloads} ${process.pid}`, `[${CONTEXT}]`, ...mailboxes, ''];
    await writeFile(`${path}.part`, lines.join('\n'));
    await rename(`${path}.part`, path);
    const told = await this.parts.reload();
    if (told.ok) this.untold.clear();
    else this.parts.log.warn({ reason: told.failure.message }, 'Asterisk was not told of a mailbox');
  }
}
