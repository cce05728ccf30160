import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PeerAsterisk, startAsterisk } from './asterisk.js';
import { calleeAddress, dialplanAddress, naiveAddress, type Peer } from './peer.js';
import { projectRoot } from './root.js';
import type { Site } from './site.js';
import { until } from './until.js';

const sipPort = 27010;
const httpPort = 27088;

/** (a) Asterisk alone: `Dial()`. */
export async function startDialplan(site: Site): Promise<Peer> {
  const place = { address: dialplanAddress, calleePort: 27031 };
  const secret = randomBytes(12).toString('hex');
  const asterisk = await startAsterisk(site, 'dialplan', asteriskValues(place, secret));
  return {
    ...(await facts('dialplan', place, secret, asterisk)),
    processes: [{ part: 'asterisk', pid: asterisk.process.pid }],
  };
}

/** (b) the naive application: bench/peers/naive/app.js on an Asterisk of its own. */
export async function startNaive(site: Site): Promise<Peer> {
  const place = { address: naiveAddress, calleePort: 27032 };
  const secret = randomBytes(12).toString('hex');
  const asterisk = await startAsterisk(site, 'naive', asteriskValues(place, secret));
  const app = join(projectRoot, 'bench/peers/naive/app.js');
  const url = `http://${place.address}:${httpPort}`;
  const node = site.start('naive-node', [process.execPath, app, url, 'bench', secret]);
  await until(`the naive application, see ${node.log}`, 15, () =>
    readFileSync(node.log, 'utf8').includes('ready') ? true : undefined,
  );
  return {
    ...(await facts('naive', place, secret, asterisk)),
    processes: [
      { part: 'asterisk', pid: asterisk.process.pid },
      { part: 'node', pid: node.pid },
    ],
  };
}

interface Place {
  readonly address: string;
  readonly calleePort: number;
}

function asteriskValues(place: Place, secret: string): Readonly<Record<string, string>> {
  return {
    ADDRESS: place.address,
    SIP_PORT: String(sipPort),
    HTTP_PORT: String(httpPort),
    SECRET: secret,
    CALLEE_ADDRESS: calleeAddress,
    CALLEE_PORT: String(place.calleePort),
  };
}

async function facts<Name extends 'dialplan' | 'naive'>(
  name: Name,
  place: Place,
  secret: string,
  asterisk: PeerAsterisk,
) {
  return {
    name,
    caller: { host: place.address, port: sipPort, username: 'bench-caller', secret },
    callee: { address: calleeAddress, port: place.calleePort },
    openChannels: async () => openChannelsIn(await asterisk.cli('core show channels count')),
    versions: { asterisk: await asterisk.cli('core show version') },
  };
}

/** The CLI says `3 active channels`, then calls. */
export function openChannelsIn(text: string): number {
  const count = /^(\d+) active channels?/m.exec(text)?.[1];
  if (count === undefined) throw new Error(`Asterisk's count of channels is unreadable: ${text}`);
  return Number(count);
}
