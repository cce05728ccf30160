import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { machine } from './calls/machine.js';
import { spread } from './calls/statistics.js';
import { measure, type QueueReport } from './queue/workload.js';

/**
 * `./anydial bench queue`: who is rung with whom, on one core, everything in memory: with 1,000 agents and 10,000 waiting, and how it
 * grows; beside it the same decision by looking at everybody.
 */
const { values: chosen } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** One size alone as JSON: what the bench starts itself as, so that each size has a memory of its own. */
    size: { type: 'string' },
  },
});
const SIZES = [
  [100, 1_000],
  [1_000, 10_000],
  [10_000, 100_000],
] as const;

if (chosen.size === undefined) run();
else {
  const [agents = 0, waiting = 0] = chosen.size.split('x').map(Number);
  process.stdout.write(JSON.stringify(measure(agents, waiting)));
}

function run(): void {
  const reports = SIZES.map(([agents, waiting]) => measuredApart(`${agents}x${waiting}`));
  const at = new Date().toISOString();
  console.log(chosen.json ? JSON.stringify({ at, machine, reports }, null, 2) : tableOf(at, reports));
}

function measuredApart(size: string): QueueReport {
  if (process.stderr.isTTY) console.error(size);
  const script = process.argv[1] ?? '';
  const said = execFileSync(process.execPath, ['--expose-gc', script, '--size', size], { encoding: 'utf8' });
  return JSON.parse(said) as QueueReport;
}

function tableOf(at: string, reports: readonly QueueReport[]): string {
  return [
    `anydial bench queue, ${at}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    'one turn: an agent gets free, a caller comes, who is rung is decided',
    '',
    'agents   waiting         turns per core and second       p50       p99       worst   all at once    by looking at all',
    ...reports.map((one) => {
      const { median, min, max } = spread(one.perSecond);
      const plain = one.plainPerSecond === undefined ? '' : `${one.plainPerSecond}/s`;
      return [
        String(one.agents).padEnd(8),
        String(one.waiting).padEnd(8),
        `${median} (${min} to ${max})`.padStart(32),
        `${one.p50Us} µs`.padStart(9),
        `${one.p99Us} µs`.padStart(9),
        `${one.worstUs} µs`.padStart(11),
        `${one.allAtOnceMs} ms`.padStart(13),
        plain.padStart(20),
      ].join(' ');
    }),
  ].join('\n');
}
