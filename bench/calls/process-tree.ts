import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Processor time and memory of a process with all its descendants, from /proc (proc(5)). */
export interface Usage {
  /** User + system time so far, also of children that have ended and were waited for. */
  readonly cpuMs: number;
  /** Proportional set size: pages shared between the processes (PostgreSQL's buffers) count once. */
  readonly memoryMb: number;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ownTicks: number;
  readonly childTicks: number;
}

/** Kernel constant, but only sysconf knows it. */
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

export function usageOf(root: number): Usage {
  const tree = descendants(root);
  const ticks = tree.reduce((sum, stat) => sum + stat.ownTicks + stat.childTicks, 0);
  return {
    cpuMs: (ticks * 1000) / ticksPerSecond,
    memoryMb: tree.reduce((sum, stat) => sum + proportionalKb(stat.pid), 0) / 1024,
  };
}

/** What the children of this very process have used that have ended by now: the SIPp's of a finished run. */
export function endedChildrenCpuMs(): number {
  return ((statOf(process.pid)?.childTicks ?? 0) * 1000) / ticksPerSecond;
}

function descendants(root: number): readonly Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const chosen = all.filter((stat) => stat.pid === root);
  if (chosen.length === 0) throw new Error(`process ${root} has ended: nothing to measure`);
  for (let index = 0; index < chosen.length; index++)
    chosen.push(...all.filter((stat) => stat.parent === chosen[index]?.pid));
  return chosen;
}

/** Undefined when the process has ended meanwhile. The command's name may hold spaces and brackets: fields count from its end. */
function statOf(pid: number): Stat | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return { pid, parent: field(4), ownTicks: field(14) + field(15), childTicks: field(16) + field(17) };
}

function proportionalKb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
