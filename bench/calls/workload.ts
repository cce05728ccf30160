import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delaysBetween, refusalsIn } from './delays.js';
import { machine, machineBusyMs } from './machine.js';
import type { Peer } from './peer.js';
import { endedChildrenCpuMs } from './process-tree.js';
import { countersOf, type Sipp, startCallee, startCaller } from './sipp.js';
import type { Site } from './site.js';
import { until } from './until.js';
import { type ByPart, mapParts, totalOf, usageByPart } from './usage.js';

/** Calls offered to one peer: `rate` per second during `seconds`, each talking 1 s without media. */
export interface Load {
  readonly rate: number;
  readonly seconds: number;
}

/** What one run of the workload gave. Times in ms; `PerCall` figures are divided by the calls offered. */
export interface Outcome {
  readonly offered: number;
  /** Calls that did not go by the scenario at either end. */
  readonly failed: number;
  /** SIP statuses of the refused ones, for people; '' when nothing was refused. */
  readonly refusals: string;
  /** Calls without an ended record; undefined where the peer keeps none. */
  readonly unrecorded: number | undefined;
  /** Requests SIPp had to send again, both ends: the first sign of a system that falls behind. */
  readonly retransmissions: number;
  readonly delaysMs: readonly number[];
  readonly cpuMsPerCall: ByPart;
  readonly sippMsPerCall: number;
  readonly memoryMb: ByPart;
  /** Share of the machine's time that neither the peer nor SIPp used, but somebody else did. */
  readonly backgroundLoad: number;
}

const talkMs = 1000;
/** Beyond the last call's planned end a system may take so long before SIPp gives up. */
const graceSeconds = 8;
let runs = 0;
let dialled = 0;

export async function runWorkload(site: Site, peer: Peer, load: Load): Promise<Outcome> {
  const calls = load.rate * load.seconds;
  const run = `run-${++runs}-${peer.name}`;
  const callee = await startCallee(site, peer, run);
  const busyBefore = { at: performance.now(), busyMs: machineBusyMs() };
  const recordedBefore = await peer.recordedCalls?.();
  const before = usageByPart(peer);
  const sippBefore = endedChildrenCpuMs();
  const caller = startCaller(site, peer, run, {
    ...{ rate: load.rate, calls, talkMs, calling: callingFile(site, peer, run, calls) },
    timeoutSeconds: load.seconds + talkMs / 1000 + graceSeconds,
  });
  await caller.process.exited;
  const callerMs = endedChildrenCpuMs() - sippBefore;
  await until(`${peer.name}: every channel gone after the run`, 20, async () =>
    (await peer.openChannels()) === 0 ? true : undefined,
  );
  const after = usageByPart(peer);
  const recorded = (await peer.recordedCalls?.()) ?? 0;
  const busy = { forMs: performance.now() - busyBefore.at, ms: machineBusyMs() - busyBefore.busyMs };
  const sippMs = callerMs + (await cpuOfStopping(callee));
  const cpuMs = mapParts(after, (usage, part) => usage.cpuMs - (before[part]?.cpuMs ?? 0));
  return {
    offered: calls,
    ...callCounts(caller, callee, calls),
    unrecorded: recordedBefore === undefined ? undefined : calls - (recorded - recordedBefore),
    ...messagesOf(caller, callee),
    cpuMsPerCall: mapParts(cpuMs, (ms) => ms / calls),
    sippMsPerCall: sippMs / calls,
    memoryMb: mapParts(after, (usage) => usage.memoryMb),
    backgroundLoad: Math.max(0, busy.ms - totalOf(cpuMs) - sippMs) / busy.forMs / machine.cores,
  };
}

/** Callers in turns; a new number for each call of the whole bench (Korean mobile numbers, so that the exchange finds them valid). */
function callingFile(site: Site, { callers }: Peer, run: string, calls: number): string {
  const path = join(site.dir, `${run}-calling.csv`);
  const lines = Array.from({ length: calls }, () => {
    const { username = '', secret = '' } = callers[dialled % callers.length] ?? {};
    const credentials = `[authentication username=${username} password=${secret}]`;
    return `010${20_000_000 + dialled++};${username};${credentials}`;
  });
  writeFileSync(path, `SEQUENTIAL\n${lines.join('\n')}\n`);
  return path;
}

async function cpuOfStopping(sipp: Sipp): Promise<number> {
  const before = endedChildrenCpuMs();
  await sipp.process.stop('SIGTERM');
  return endedChildrenCpuMs() - before;
}

function callCounts(caller: Sipp, callee: Sipp, calls: number) {
  const [asking, answering] = [caller, callee].map((sipp) => countersOf(readFileSync(sipp.figures, 'utf8')));
  return {
    failed: calls - Math.min(asking?.get('SuccessfulCall') ?? 0, answering?.get('SuccessfulCall') ?? 0),
    retransmissions: (asking?.get('Retransmissions') ?? 0) + (answering?.get('Retransmissions') ?? 0),
  };
}

function messagesOf(caller: Sipp, callee: Sipp) {
  const asking = readFileSync(caller.messages, 'utf8');
  return {
    delaysMs: delaysBetween(asking, readFileSync(callee.messages, 'utf8')),
    refusals: refusalsIn(asking),
  };
}
