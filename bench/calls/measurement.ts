import type { Options, PeerName } from './options.js';
import type { Part, Peer } from './peer.js';
import type { Site } from './site.js';
import { percentile, type Spread, spread } from './statistics.js';
import { type ByPart, totalOf } from './usage.js';
import { type Outcome, runWorkload } from './workload.js';

/** One peer at one rate, over all rounds. */
export interface Measurement {
  readonly peer: PeerName;
  readonly offered: number;
  readonly failed: number;
  /** SIP statuses of refused calls, per round where there were any. */
  readonly refusals: readonly string[];
  /** Calls without an ended record; undefined where the peer keeps none. */
  readonly unrecorded: number | undefined;
  readonly retransmissions: number;
  /** Over all rounds' calls together; ms. */
  readonly delayMs: { readonly p50: number; readonly p95: number; readonly p99: number } | undefined;
  /** Each round's own 95th percentile: how far to trust it. */
  readonly p95Rounds: Spread | undefined;
  readonly cpuMsPerCall: Readonly<Partial<Record<Part, Spread>>>;
  readonly totalCpuMsPerCall: Spread;
  readonly sippMsPerCall: Spread;
  /** After the last round. */
  readonly memoryMb: ByPart;
  readonly backgroundLoad: Spread;
}

/** Runs each rate in rounds, the peers taking turns (A B C A B C), so that a noisy minute hits all of them. */
export async function measureRate(
  site: Site,
  peers: readonly Peer[],
  rate: number,
  { rounds, seconds }: Pick<Options, 'rounds' | 'seconds'>,
  tell: (line: string) => void,
): Promise<readonly Measurement[]> {
  const outcomes = new Map<PeerName, Outcome[]>(peers.map((peer) => [peer.name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const peer of peers) {
      tell(`${rate} calls/s, round ${round} of ${rounds}: ${peer.name}`);
      outcomes.get(peer.name)?.push(await runWorkload(site, peer, { rate, seconds }));
    }
  }
  return [...outcomes].map(([peer, rounds]) => summarise(peer, rounds));
}

export function summarise(peer: PeerName, rounds: readonly Outcome[]): Measurement {
  const delays = rounds.flatMap((round) => round.delaysMs);
  const p95s = rounds.flatMap(({ delaysMs }) => (delaysMs.length === 0 ? [] : [percentile(delaysMs, 0.95)]));
  const last = rounds.at(-1);
  if (last === undefined) throw new Error('no round was run');
  // The keys come from a record of parts; every round has the same parts.
  const partsOfPeer = Object.keys(last.cpuMsPerCall) as Part[];
  return {
    peer,
    offered: sum(rounds.map((round) => round.offered)),
    failed: sum(rounds.map((round) => round.failed)),
    refusals: rounds.flatMap((round) => (round.refusals === '' ? [] : [round.refusals])),
    unrecorded: last.unrecorded === undefined ? undefined : sum(rounds.map((round) => round.unrecorded ?? 0)),
    retransmissions: sum(rounds.map((round) => round.retransmissions)),
    delayMs:
      delays.length === 0
        ? undefined
        : {
            p50: percentile(delays, 0.5),
            p95: percentile(delays, 0.95),
            p99: percentile(delays, 0.99),
          },
    p95Rounds: p95s.length === 0 ? undefined : spread(p95s),
    cpuMsPerCall: Object.fromEntries(
      partsOfPeer.map((part) => [part, spread(rounds.map((round) => round.cpuMsPerCall[part] ?? 0))]),
    ),
    totalCpuMsPerCall: spread(rounds.map((round) => totalOf(round.cpuMsPerCall))),
    sippMsPerCall: spread(rounds.map((round) => round.sippMsPerCall)),
    memoryMb: last.memoryMb,
    backgroundLoad: spread(rounds.map((round) => round.backgroundLoad)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
