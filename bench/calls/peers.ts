import { assertNever } from '../../src/kernel/result.js';
import type { PeerName } from './options.js';
import { startOurs } from './ours.js';
import type { Peer } from './peer.js';
import { startDialplan, startNaive } from './plain-peers.js';
import type { Site } from './site.js';

/** @param roles of our application, as in ANYDIAL_ROLES. */
export function startPeer(site: Site, name: PeerName, roles: string): Promise<Peer> {
  switch (name) {
    case 'dialplan':
      return startDialplan(site);
    case 'naive':
      return startNaive(site);
    case 'ours':
      return startOurs(site, roles);
    default:
      return assertNever(name);
  }
}
