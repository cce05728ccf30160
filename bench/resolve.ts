import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from './calls/machine.js';
import { spread } from './calls/statistics.js';
import { measureSize, type SizeReport } from './resolve/measure.js';
import { plotOf } from './resolve/plot.js';
import { PREFIXES, TRUNKS } from './resolve/world.js';

/**
 * `./anydial bench resolve`: reading what was dialled and deciding the route, on one core, with 10,000 to 1,000,000 numbers
 * sold, 100,000 prefixes and 1,000 trunks, everything in memory. `--plot FILE` draws the growth as an SVG.
 */
const { values: chosen } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    plot: { type: 'string' },
    /** One size alone, its report as JSON: what the bench starts itself as, so that each size has a memory of its own. */
    size: { type: 'string' },
  },
});
const SIZES = [10_000, 100_000, 1_000_000];

if (chosen.size === undefined) run();
else process.stdout.write(JSON.stringify(measureSize(Number(chosen.size))));

function run(): void {
  const reports = SIZES.map(measuredApart);
  if (chosen.plot !== undefined) writeFileSync(chosen.plot, plotOf(reports));
  const at = new Date().toISOString();
  console.log(
    chosen.json
      ? JSON.stringify({ at, machine, prefixes: PREFIXES, trunks: TRUNKS, reports }, null, 2)
      : tableOf(at, reports),
  );
}

function measuredApart(size: number): SizeReport {
  if (process.stderr.isTTY) console.error(`${size} numbers`);
  const script = process.argv[1] ?? '';
  const said = execFileSync(process.execPath, [script, '--size', String(size)], { encoding: 'utf8' });
  return JSON.parse(said) as SizeReport;
}

function tableOf(at: string, reports: readonly SizeReport[]): string {
  return [
    `anydial bench resolve, ${at}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    `${PREFIXES} prefixes, ${TRUNKS} trunks`,
    '',
    'numbers     per core and second         p50       p99   p99 busy   numbers in  process  of parsing alone',
    ...reports.map((one) => {
      const { median, min, max } = spread(one.perCoreSecond);
      const share = Math.round((median / one.parsesPerCoreSecond) * 100);
      return [
        String(one.numbers).padEnd(9),
        `${median} (${min} to ${max})`.padStart(24),
        `${one.p50Us} µs`.padStart(11),
        `${one.p99Us} µs`.padStart(10),
        `${one.p99AllUs} µs`.padStart(10),
        `${one.indexMb} MB`.padStart(10),
        `${one.residentMb} MB`.padStart(9),
        `${share} %`.padStart(8),
      ].join(' ');
    }),
    '',
    `${Math.round((reports[0]?.connected ?? 0) * 100)} % of the calls would be connected; the others dialled what nobody has`,
  ].join('\n');
}
