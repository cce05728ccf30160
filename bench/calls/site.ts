import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Running {
  readonly pid: number;
  /** Exit code; null after a signal. Never rejects. */
  readonly exited: Promise<number | null>;
  /** What it has printed so far goes to this file. */
  readonly log: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * One run's ground: a temporary directory and the processes started on it. `clear` stops and removes all of it, in
 * reverse order; the processes also die when the bench itself is killed (prctl PDEATHSIG, by setpriv of util-linux).
 */
export class Site {
  readonly dir = mkdtempSync(join(tmpdir(), 'anydial-bench-'));
  private readonly endings: (() => Promise<void> | void)[] = [];
  private cleared: Promise<void> | undefined;

  /** @param keep leaves the directory for somebody to read. */
  constructor(private readonly keep: boolean) {}

  onClear(ending: () => Promise<void> | void): void {
    this.endings.push(ending);
  }

  start(
    name: string,
    command: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv = process.env,
  ): Running {
    const log = join(this.dir, `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
      cwd: this.dir,
      env,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const exited = exitOf(child);
    const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
      child.kill(signal);
      await exited;
    };
    this.onClear(() => stop('SIGKILL'));
    if (child.pid === undefined) throw new Error(`cannot start ${name}: ${command.join(' ')}`);
    return { pid: child.pid, exited, log, stop };
  }

  /** Safe to call twice; a failing ending is reported and does not keep the others from running. */
  clear(): Promise<void> {
    this.cleared ??= this.runEndings();
    return this.cleared;
  }

  private async runEndings(): Promise<void> {
    for (const ending of this.endings.toReversed()) {
      try {
        await ending();
      } catch (error) {
        console.error(`bench: clearing up: ${error}`);
      }
    }
    if (this.keep) console.error(`bench: logs and messages are left in ${this.dir}`);
    else rmSync(this.dir, { recursive: true, force: true });
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
}
