import { spawnSync } from 'node:child_process';
import type { Peer } from './peer.js';

/** What was measured and with what, by name. */
export function versionsOf(peers: readonly Peer[]): Readonly<Record<string, string>> {
  const ofPeers = peers.flatMap((peer) =>
    Object.entries(peer.versions).map(([part, version]) => [`${peer.name} ${part}`, version]),
  );
  return { ...Object.fromEntries(ofPeers), node: process.version, sipp: sippVersion() };
}

/** `sipp -v` prints its version and ends with code 99. */
function sippVersion(): string {
  const { stdout, stderr } = spawnSync('sipp', ['-v'], { encoding: 'utf8' });
  return /SIPp (v\S+?)\.?\s/.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown';
}
