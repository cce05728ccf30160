import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ariProbe } from './ari-probe.js';
import { startAsterisk } from './asterisk.js';
import { calleeAddress, dialplanAddress, naiveAddress, type Peer } from './peer.js';
import { projectRoot } from './root.js';
import type { Site } from './site.js';
import { until } from './until.js';

const sipPort = 27010;
const httpPort = 27088;

/** (a) Asterisk alone: `Dial()`. */
export async function startDialplan(site: Site): Promise<Peer> {
  const place: Place = { name: 'dialplan', address: dialplanAddress, calleePort: 27031 };
  const { secret: _, ...peer } = await startWithAsterisk(site, place);
  return peer;
}

/** (b) the naive application: bench/peers/naive/app.js on an Asterisk of its own. */
export async function startNaive(site: Site): Promise<Peer> {
  const place: Place = { name: 'naive', address: naiveAddress, calleePort: 27032 };
  const { secret, ...peer } = await startWithAsterisk(site, place);
  const node = site.start('naive-node', [
    process.execPath,
    join(projectRoot, 'bench/peers/naive/app.js'),
    `http://${place.address}:${httpPort}`,
    'bench',
    secret,
  ]);
  await until(`the naive application, see ${node.log}`, 15, () =>
    readFileSync(node.log, 'utf8').includes('ready') ? true : undefined,
  );
  return { ...peer, processes: [...peer.processes, { part: 'node', pid: node.pid }] };
}

interface Place {
  readonly name: 'dialplan' | 'naive';
  readonly address: string;
  readonly calleePort: number;
}

/** One secret serves the caller's digest and ARI: both live and die with the run. */
async function startWithAsterisk(
  site: Site,
  { name, address, calleePort }: Place,
): Promise<Peer & { readonly secret: string }> {
  const secret = randomBytes(12).toString('hex');
  const probe = ariProbe({ url: `http://${address}:${httpPort}`, username: 'bench', password: secret });
  const asterisk = await startAsterisk(site, name, probe, {
    ADDRESS: address,
    SIP_PORT: String(sipPort),
    HTTP_PORT: String(httpPort),
    SECRET: secret,
    CALLEE_ADDRESS: calleeAddress,
    CALLEE_PORT: String(calleePort),
  });
  return {
    name,
    secret,
    entrance: { host: address, port: sipPort },
    callers: [{ username: 'bench-caller', secret }],
    callee: { address: calleeAddress, port: calleePort },
    processes: [{ part: 'asterisk', pid: asterisk.process.pid }],
    openChannels: () => probe.openChannels(),
    versions: { asterisk: asterisk.version },
  };
}
