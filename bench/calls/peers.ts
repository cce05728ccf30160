import { assertNever } from '../../src/kernel/result.js';
import type { Options, PeerName } from './options.js';
import { startOurs } from './ours.js';
import type { Peer } from './peer.js';
import { startDialplan, startNaive } from './plain-peers.js';
import type { Site } from './site.js';

export function startPeer(site: Site, name: PeerName, options: Options): Promise<Peer> {
  switch (name) {
    case 'dialplan':
      return startDialplan(site);
    case 'naive':
      return startNaive(site);
    case 'ours':
      return startOurs(site, options);
    default:
      return assertNever(name);
  }
}
