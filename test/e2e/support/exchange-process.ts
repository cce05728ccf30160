import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { History } from '../../lab/history.js';

/** A line of the process's log (pino). */
interface LogLine {
  readonly msg?: string;
  readonly level?: string;
  readonly raw: string;
}

/** The line that says that Asterisk's events come: calls are looked after from here on. */
const FLOWING = 'ARI events are flowing';
const START_MS = 30_000;
/** It gives itself fourteen seconds to end. */
const STOP_MS = 18_000;

/**
 * The product's process, `dist/src/main.js`, with this process's environment (the instance's): all roles in one. One at a
 * time; it never outlives us. Its log goes to log/app.log of the instance, where `./anydial up` has it too.
 */
export class ExchangeProcess {
  private child: ChildProcess | undefined;
  private lines = newLog();

  constructor(private readonly more: () => Readonly<Record<string, string>> = () => ({})) {}

  get pid(): number {
    if (this.child?.pid === undefined || !this.running) throw new Error('the exchange does not run');
    return this.child.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it is ready: events flow, and `/health/ready` says 200. */
  async start(): Promise<void> {
    if (this.running) throw new Error('the exchange runs already');
    this.lines = newLog();
    const main = resolve(import.meta.dirname, '../../../dist/src/main.js');
    // Jest's tests have a copy of the environment: what a test sets there has to be handed on.
    const env = { ...process.env, ...this.more() };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', (code, signal) => {
      process.off('exit', kill);
      this.lines.close(new Error(`the exchange ended (${signal ?? code}): ${tail(this.lines)}`));
    });
    this.read(child);
    await this.lines.first(`"${FLOWING}"`, ({ msg }) => msg === FLOWING, { within: START_MS });
    const health = await fetch(new URL('/health/ready', env['PUBLIC_URL']));
    if (health.status !== 200) throw new Error(`not ready: ${health.status} ${await health.text()}`);
  }

  /** SIGTERM, as a supervisor ends it. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** kill -9: no goodbye, nothing saved. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Resolves when it says this once more (from now on). */
  says(msg: string, within = START_MS): Promise<LogLine> {
    const since = this.lines.items.length;
    return this.lines.first(`"${msg}"`, (line) => line.msg === msg, { since, within });
  }

  /** Resolves when it has said this since its start, or says it. */
  async hasSaid(msg: string): Promise<void> {
    await this.lines.first(`"${msg}"`, (line) => line.msg === msg, { within: START_MS });
  }

  /** Resolves when it has a connection to Asterisk again, after one was lost. */
  async reconnected(): Promise<void> {
    await this.says(FLOWING);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined || !this.running) return;
    const overdue = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = await exit;
    clearTimeout(overdue);
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`the exchange ended badly: ${tail(this.lines)}`);
  }

  private read(child: ChildProcess): void {
    const { lines } = this;
    const file = createWriteStream(join(process.env['ANYDIAL_STATE_DIR'] ?? '.', 'log/app.log'), {
      flags: 'a',
    });
    child.once('close', () => file.end());
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (raw) => {
        file.write(`${raw}\n`);
        lines.add(parse(raw));
      });
    }
  }
}

const newLog = () => new History<LogLine>('the exchange', ({ raw }) => raw);

const tail = (log: History<LogLine>) =>
  log.items
    .slice(-10)
    .map(({ raw }) => raw)
    .join('\n');

function parse(raw: string): LogLine {
  try {
    return { ...(JSON.parse(raw) as Omit<LogLine, 'raw'>), raw };
  } catch {
    return { raw };
  }
}
