import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Process id of one of the instance's servers: `./anydial` writes "<pid> <start time>" for each. */
export function serverPid(stateDir: string, server: 'asterisk' | 'postgres' | 'redis'): number {
  return Number.parseInt(readFileSync(join(stateDir, 'run', `${server}.pid`), 'utf8'), 10);
}
