import type { Part, Peer } from './peer.js';
import { type Usage, usageOf } from './process-tree.js';

/** Figures by part of a peer; a part that the peer does not have is not there. */
export type ByPart = Readonly<Partial<Record<Part, number>>>;

/** What each of the peer's parts has used so far. */
export function usageByPart(peer: Peer): Partial<Record<Part, Usage>> {
  return Object.fromEntries(peer.processes.map(({ part, pid }) => [part, usageOf(pid)]));
}

export function mapParts<T>(
  figures: Readonly<Partial<Record<Part, T>>>,
  change: (figure: T, part: Part) => number,
): ByPart {
  // The keys come from a record of parts.
  const entries = Object.entries(figures) as [Part, T][];
  return Object.fromEntries(entries.map(([part, figure]) => [part, change(figure, part)]));
}

export function totalOf(figures: ByPart): number {
  return Object.values(figures).reduce((sum, figure) => sum + figure, 0);
}
