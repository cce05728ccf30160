import { readdirSync, readFileSync } from 'node:fs';

/** A process and every one that it has started (PostgreSQL's backends), parents first: a stopped one starts no more children. */
export function familyOf(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(familyOf)];
}
