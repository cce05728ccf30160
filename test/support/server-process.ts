import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { familyOf, signalAll } from './process-family.js';

/** A server of the test's own: may be stopped, killed and started again without hurting anybody. */
export interface ServerProcess {
  readonly pid: number;
  /** SIGSTOP: the port still accepts, nothing answers. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL for it and all that it has started (a backend would answer once more), and waits for its end. */
  kill(): Promise<void>;
  /** SIGINT (fast shutdown), and waits for its end. */
  stop(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;
const idOf = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
/** PostgreSQL refuses to run as root. */
export const serverUser: { uid?: number; gid?: number } = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};

/** Starts a server and waits until it prints `ready`. It is told to end when this process dies, however it dies. */
export async function startServer(
  command: string,
  args: readonly string[],
  ready: RegExp,
): Promise<ServerProcess> {
  const drop = isRoot ? [`--reuid=${serverUser.uid}`, `--regid=${serverUser.gid}`, '--clear-groups'] : [];
  const child = spawn('setpriv', [...drop, '--pdeathsig', 'INT', command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await announced(child, ready);
  return {
    pid: child.pid ?? 0,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGINT'),
  };
}

async function announced(child: ChildProcess, ready: RegExp): Promise<void> {
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (ready.test(line)) resolve();
      });
    }
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${child.spawnfile} ended with ${code}:\n${said.join('\n')}`)),
    );
  });
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  if (signal === 'SIGKILL') signalAll(familyOf(child.pid ?? 0), 'SIGKILL');
  else child.kill(signal);
  await ended;
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function serverDirectory(what: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `anydial-${what}-`));
  if (serverUser.uid !== undefined) chownSync(path, serverUser.uid, serverUser.gid ?? 0);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
