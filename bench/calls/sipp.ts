import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callerAddress, type Peer } from './peer.js';
import { projectRoot } from './root.js';
import type { Running, Site } from './site.js';
import { until } from './until.js';

const callerPort = 27021;
const mediaPort = 27040;

/** A SIPp at work, and where it writes which message it sent or received when. */
export interface Sipp {
  readonly process: Running;
  readonly messages: string;
  readonly figures: string;
}

/** Starts the far end and waits until its socket is bound. */
export async function startCallee(site: Site, peer: Peer, run: string): Promise<Sipp> {
  const { address, port } = peer.callee;
  const sipp = startSipp(site, `${run}-callee`, ['-i', address, '-p', String(port)], 'callee.xml');
  await until(`SIPp's callee, see ${sipp.process.log}`, 5, () =>
    udpSocketIsBound(address, port) ? true : undefined,
  );
  return sipp;
}

/** @param load calls per second, and how many; `calling` is the injection file: who calls which number, a line each. */
export function startCaller(
  site: Site,
  peer: Peer,
  run: string,
  load: { rate: number; calls: number; talkMs: number; timeoutSeconds: number; calling: string },
): Sipp {
  const { host, port } = peer.entrance;
  return startSipp(
    site,
    `${run}-caller`,
    [
      `${host}:${port}`,
      ...['-i', callerAddress, '-p', String(callerPort)],
      ...['-inf', load.calling],
      ...['-r', String(load.rate), '-m', String(load.calls), '-l', String(load.calls)],
      ...['-d', String(load.talkMs), '-timeout', `${load.timeoutSeconds}s`],
    ],
    'caller.xml',
  );
}

function startSipp(site: Site, name: string, args: readonly string[], scenario: string): Sipp {
  const file = (kind: string) => join(site.dir, `${name}-${kind}`);
  const messages = file('messages.tsv');
  const figures = file('figures.csv');
  const process = site.start(name, [
    'sipp',
    ...args,
    ...['-sf', join(projectRoot, 'bench/calls/scenarios', scenario)],
    ...['-nostdin', '-mp', String(mediaPort), '-buff_size', '1048576'],
    ...['-trace_shortmsg', '-shortmessage_file', messages],
    ...['-trace_stat', '-stf', figures],
    ...['-trace_err', '-error_file', file('errors.log')],
  ]);
  return { process, messages, figures };
}

/** SIPp's cumulative counters, `(C)` columns of the last line it dumped. */
export function countersOf(csv: string): ReadonlyMap<string, number> {
  const lines = csv.trim().split('\n');
  const names = lines[0]?.split(';') ?? [];
  const values = lines.at(-1)?.split(';') ?? [];
  return new Map(
    names.flatMap((name, index) =>
      name.endsWith('(C)') ? [[name.slice(0, -3), Number(values[index])] as const] : [],
    ),
  );
}

/** /proc/net/udp names a socket by the address in the machine's byte order and the port, both hexadecimal. */
function udpSocketIsBound(address: string, port: number): boolean {
  const hex = (value: number, width: number) => value.toString(16).toUpperCase().padStart(width, '0');
  const bytes = address.split('.').map((byte) => hex(Number(byte), 2));
  return readFileSync('/proc/net/udp', 'utf8').includes(` ${bytes.toReversed().join('')}:${hex(port, 4)} `);
}
