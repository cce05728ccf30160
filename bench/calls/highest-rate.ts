import type { PeerName } from './options.js';
import type { Peer } from './peer.js';
import type { Site } from './site.js';
import { percentile } from './statistics.js';
import { type Outcome, runWorkload } from './workload.js';

/** The highest offered rate that a peer held, calls per second; 0 = not even the first step. */
export interface HighestRate {
  readonly peer: PeerName;
  readonly held: number;
  /** Why the next step was not held; undefined when the search ended before anything failed. */
  readonly stoppedBy: string | undefined;
}

/** RFC 3261 T1: a system that keeps INVITEs longer than a phone waits before it repeats itself does not hold the rate. */
const longestP95Ms = 500;

/** Goes up step by step, the peers taking turns; a step that is not held is tried once more before it counts. */
export async function findHighestRates(
  site: Site,
  peers: readonly Peer[],
  search: { readonly steps: readonly number[]; readonly seconds: number },
  tell: (line: string) => void,
): Promise<readonly HighestRate[]> {
  const found = new Map<PeerName, HighestRate>(
    peers.map(({ name }) => [name, { peer: name, held: 0, stoppedBy: undefined }]),
  );
  for (const rate of search.steps) {
    for (const peer of peers) {
      const best = found.get(peer.name);
      if (best === undefined || best.stoppedBy !== undefined) continue;
      tell(`${rate} calls/s: ${peer.name}`);
      const load = { rate, seconds: search.seconds };
      let outcome = await runWorkload(site, peer, load);
      if (complaintAbout(outcome) !== undefined) outcome = await runWorkload(site, peer, load);
      const complaint = complaintAbout(outcome);
      const others = `others used ${Math.round(outcome.backgroundLoad * 100)} % of the machine`;
      found.set(
        peer.name,
        complaint === undefined
          ? { ...best, held: rate }
          : { ...best, stoppedBy: `at ${rate}: ${complaint} (${others})` },
      );
    }
  }
  return [...found.values()];
}

/** Undefined = held. */
export function complaintAbout(outcome: Outcome): string | undefined {
  if (outcome.failed > 0)
    return `${outcome.failed} of ${outcome.offered} calls failed${outcome.refusals && `: ${outcome.refusals}`}`;
  if (outcome.unrecorded) return `${outcome.unrecorded} calls left no record`;
  if (outcome.delaysMs.length < outcome.offered)
    return `${outcome.offered - outcome.delaysMs.length} calls never reached the callee`;
  const p95 = percentile(outcome.delaysMs, 0.95);
  return p95 > longestP95Ms ? `p95 delay ${Math.round(p95)} ms` : undefined;
}
