import type { IceServer } from './line.js';

/** Asterisk is reached at its own address: the browser's host candidates do, and are found in milliseconds. */
const GATHERED_AFTER_MS = 80;
/** A relay is asked over the network. */
const RELAYED_AFTER_MS = 500;

let servers: readonly IceServer[] = [];

/** STUN and TURN servers for calls that begin from now on. */
export const helpWith = (given: readonly IceServer[]): void => {
  servers = given;
};

export const peerOptions = (): RTCConfiguration => ({
  iceServers: servers.map(({ urls, ...login }) => ({ urls: [...urls], ...login })),
  bundlePolicy: 'max-bundle',
});

/** How long to wait for one more way after the last was found. */
export const patienceMs = (): number => (servers.length === 0 ? GATHERED_AFTER_MS : RELAYED_AFTER_MS);
