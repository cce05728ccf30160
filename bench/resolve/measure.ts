import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Asked } from '../../src/exchange/router.js';
import { median, percentile } from '../calls/statistics.js';
import { sampleCalls } from './workload.js';
import { type ResolveWorld, resolveWorld } from './world.js';

const WARM_UP = 30_000;
const ROUND = 60_000;
const ROUNDS = 5;

export interface SizeReport {
  readonly numbers: number;
  /** Resolutions per second of one core's time, by round. */
  readonly perCoreSecond: readonly number[];
  /** One resolution, µs by the clock: of each call the median over the rounds, so that others on the machine count little. */
  readonly p50Us: number;
  readonly p99Us: number;
  /** The 99th percentile over all rounds, with whatever else the machine did meanwhile. */
  readonly p99AllUs: number;
  /** Share of calls that would be connected. */
  readonly connected: number;
  readonly indexMb: number;
  readonly residentMb: number;
  /** The least there is to do: libphonenumber alone parses what was dialled, per second of one core's time. */
  readonly parsesPerCoreSecond: number;
}

/** Reads and routes calls one after the other, each with its time; all that a call asks for is in memory. */
export function measureSize(numbers: number): SizeReport {
  const world = resolveWorld(numbers);
  const calls = sampleCalls(numbers, ROUND);
  resolveAll(world, calls.slice(0, WARM_UP));
  const rounds = Array.from({ length: ROUNDS }, () => resolveAll(world, calls));
  const micros = calls.map((_, at) => median(rounds.map((round) => round.micros[at] ?? 0)));
  return {
    numbers,
    perCoreSecond: rounds.map(({ perCoreSecond }) => perCoreSecond),
    p50Us: rounded(percentile(micros, 0.5)),
    p99Us: rounded(percentile(micros, 0.99)),
    p99AllUs: rounded(
      percentile(
        rounds.flatMap((round) => [...round.micros]),
        0.99,
      ),
    ),
    connected: (rounds[0]?.connected ?? 0) / ROUND,
    indexMb: Math.round(world.index.bytes / 1e6),
    residentMb: Math.round(process.memoryUsage().rss / 1e6),
    parsesPerCoreSecond: median(Array.from({ length: 3 }, () => parseAll(calls))),
  };
}

function resolveAll({ router }: ResolveWorld, calls: readonly Asked[]) {
  const micros = new Float64Array(calls.length);
  let connected = 0;
  const before = process.cpuUsage();
  calls.forEach((call, at) => {
    const started = performance.now();
    const decision = router.decide(call);
    micros[at] = (performance.now() - started) * 1_000;
    if (decision instanceof Promise) throw new Error('something was not in memory');
    if (decision.verdict.kind === 'connect') connected++;
  });
  return { micros, connected, perCoreSecond: perCoreSecond(calls.length, before) };
}

function parseAll(calls: readonly Asked[]): number {
  const parsed: (PhoneNumber | undefined)[] = [];
  const before = process.cpuUsage();
  for (const { dialled } of calls) parsed.push(parsePhoneNumberFromString(dialled, 'KR'));
  if (parsed.length !== calls.length) throw new Error('not all were parsed');
  return perCoreSecond(calls.length, before);
}

/** All threads' time counts: the garbage collector's too. */
function perCoreSecond(count: number, before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return Math.round(count / ((user + system) / 1e6));
}

const rounded = (micros: number): number => Math.round(micros * 10) / 10;
