import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AsteriskConsole } from '../../infra/ari/console.js';
import type { Sql } from '../../infra/db/sql.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { bansInForce } from './bans.js';

interface DoorLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Each request is compared with all of them: so many cost Asterisk some microseconds. */
const MOST_BANS = 2_000;
const AGAIN_AFTER_MS = 5_000;
/** setTimeout's most, and often enough to mend what went wrong. */
const LONGEST_MS = 3_600_000;

/** Keeps the list that Asterisk refuses (asterisk/node/acl.conf) as the table is: after each change, and when a ban is over. */
export class BanDoor {
  private work: Promise<void> = Promise.resolve();
  private cancelTimer: CancelTimer = () => undefined;
  private untold = true;
  private stopped = false;

  constructor(
    private readonly sql: Pick<Sql, 'rows'>,
    private readonly console: Pick<AsteriskConsole, 'run'>,
    /** `generated` in Asterisk's configuration. */
    private readonly directory: string,
    private readonly clock: Clock,
    private readonly log: DoorLog,
  ) {}

  renew(): void {
    this.work = this.work
      .then(() => this.bring())
      .then(
        (nextMs) => this.later(nextMs),
        (error: unknown) => {
          this.log.warn({ err: error }, 'bans could not be renewed; the last ones stay in force');
          this.later(AGAIN_AFTER_MS);
        },
      );
  }

  /** Resolves when every change so far is in force, or was given up. */
  settled(): Promise<void> {
    return this.work;
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private later(ms: number): void {
    this.cancelTimer();
    if (!this.stopped) this.cancelTimer = this.clock.after(ms, () => this.renew());
  }

  private async bring(): Promise<number> {
    const bans = await bansInForce(this.sql, MOST_BANS);
    const lines = bans.map(({ source }) => `deny = ${source}\n`).join('');
    if (await this.write(lines)) this.untold = true;
    if (this.untold) {
      const told = await this.console.run('module', 'reload', 'acl');
      if (!told.ok) throw new Error(told.failure.message);
      this.untold = false;
      this.log.info({ bans: bans.length }, 'sources that are refused');
    }
    const firstOver = Math.min(...bans.map(({ until }) => until.getTime() - Date.now()));
    return Math.min(LONGEST_MS, Math.max(1_000, firstOver + 50));
  }

  /** Asterisk may read at any moment: the file is always whole. */
  private async write(text: string): Promise<boolean> {
    const path = join(this.directory, 'bans.conf');
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return false;
    await mkdir(this.directory, { recursive: true });
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
    return true;
  }
}
