import { type Match, match, type Usage } from '../../src/billing/domain/settlement/match.js';
import { seeded } from './sample.js';

export interface MatchingReport {
  /** Of both statements together. */
  readonly lines: number;
  readonly linesPerCoreSecond: number;
  /** Resident memory at the beginning and at its highest: flat, whatever the number of lines. */
  readonly memoryMb: { readonly before: number; readonly most: number };
  readonly matched: number;
}

const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);

/** Two statements of the same traffic, ours and a carrier's, whose clocks and every 1,000th amount differ; no I/O. */
export function measureMatching(calls: number): MatchingReport {
  const before = megabytes();
  const cpu = process.cpuUsage();
  let most = before;
  let matched = 0;
  let seen = 0;
  const count = (found: Match) => {
    if (found.kind === 'matched') matched += 1;
    if (++seen % 100_000 === 0) most = Math.max(most, megabytes());
  };
  const tolerance = { clockMs: 5_000, durationMs: 2_000, micros: 100n };
  for (const found of match(traffic(calls, 0, 0n), traffic(calls, 700, 5_000n), tolerance)) count(found);
  const { user, system } = process.cpuUsage(cpu);
  const linesPerCoreSecond = Math.round((2 * calls * 1e6) / (user + system));
  return { lines: 2 * calls, linesPerCoreSecond, memoryMb: { before, most }, matched };
}

/** 50 calls a second to ten million numbers. */
function* traffic(calls: number, skewMs: number, dearerBy: bigint): Generator<Usage> {
  const random = seeded(5);
  let at = Date.parse('2026-11-01T00:00:00Z') + skewMs;
  for (let n = 0; n < calls; n++) {
    at += Math.floor(random() * 40);
    const durationMs = Math.floor(random() * 300_000);
    const micros = BigInt(durationMs) + (n % 1_000 === 0 ? dearerBy : 0n);
    yield { id: String(n), number: `82${Math.floor(random() * 1e7)}`, at, durationMs, micros };
  }
}
