import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { familyOf, signalAll } from '../../support/process-family.js';

type Server = 'asterisk' | 'postgres' | 'redis';

/** Process id of one of the instance's servers, as `./anydial` wrote it down (run/<name>.pid: pid and start time). */
function pidOf(server: Server): number {
  const file = join(process.env['ANYDIAL_STATE_DIR'] ?? '', 'run', `${server}.pid`);
  return Number(readFileSync(file, 'utf8').split(' ')[0]);
}

/**
 * Stops a server in its tracks: connections stay open and nobody answers, the worst way to be away.
 * @returns what lets it go on.
 */
export function freeze(server: 'postgres' | 'redis'): () => void {
  const pids = familyOf(pidOf(server));
  signalAll(pids, 'SIGSTOP');
  return () => signalAll(pids, 'SIGCONT');
}

/** kill -9 of the node's Asterisk. `./anydial` starts it again at once. @returns when it was killed. */
export function killAsterisk(): Date {
  const pid = pidOf('asterisk');
  if (!readlinkSync(`/proc/${pid}/exe`).includes('ld-linux'))
    throw new Error(`${pid} is no Asterisk of ours`);
  const at = new Date();
  process.kill(pid, 'SIGKILL');
  return at;
}
