import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout's top directory, from `bench/calls` as from `dist/bench/calls`. */
export const projectRoot = rootAbove(import.meta.dirname);

function rootAbove(dir: string): string {
  if (existsSync(join(dir, 'package.json'))) return dir;
  if (dir === '/') throw new Error('no package.json above the bench: run it from a checkout');
  return rootAbove(dirname(dir));
}
