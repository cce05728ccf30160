import { setTimeout as pause } from 'node:timers/promises';
import type { PeerName } from './options.js';
import type { Peer } from './peer.js';
import { type ByPart, mapParts, usageByPart } from './usage.js';

const idleMs = 3000;

/** CPU ms per second that each part takes with no call at all: at low rates it is a good part of a call's figure. */
export async function measureIdle(peers: readonly Peer[]): Promise<readonly (readonly [PeerName, ByPart])[]> {
  const before = peers.map(usageByPart);
  await pause(idleMs);
  return peers.map((peer, index) => {
    const cpuMs = mapParts(
      usageByPart(peer),
      (usage, part) => usage.cpuMs - (before[index]?.[part]?.cpuMs ?? 0),
    );
    return [peer.name, mapParts(cpuMs, (ms) => (ms * 1000) / idleMs)] as const;
  });
}
