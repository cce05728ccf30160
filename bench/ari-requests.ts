/**
 * What one ARI request costs this process: ari-client's own request path beside our transport (ari-client's operation
 * table over our own sockets). Against an idle Asterisk:
 *   node dist/bench/ari-requests.js http://127.0.0.1:8088 <username> <password> [requests]
 */
import http from 'node:http';
import { createRequire } from 'node:module';
import { AriClientTransport } from '../src/infra/ari/ari-client.transport.js';
import { newAriStats } from '../src/infra/ari/ari-stats.js';
import { OperationRunner } from '../src/infra/ari/operation-runner.js';
import { HttpChannel } from '../src/infra/ari/rest.http.js';
import { systemClock } from '../src/kernel/clock.js';
import { Secret } from '../src/kernel/secret.js';

interface AriClient {
  readonly bridges: {
    create(parameters: { bridgeId: string; type: string }): Promise<unknown>;
    destroy(parameters: { bridgeId: string }): Promise<unknown>;
  };
}
interface Measured {
  readonly way: string;
  readonly parallel: number;
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const MAX_SOCKETS = 16;
const [url, username, password, count] = process.argv.slice(2);
if (url === undefined || username === undefined || password === undefined) {
  console.error('usage: ari-requests <url> <username> <password> [requests]');
  process.exitCode = 2;
} else {
  await run(url, username, password, Number(count ?? 4000));
}

async function run(url: string, username: string, password: string, requests: number): Promise<void> {
  const options = { url, username, password: new Secret(password) };
  const channel = new HttpChannel({ ...options, deadlineMs: 5_000, maxSockets: MAX_SOCKETS }, systemClock);
  const runner = new OperationRunner(options, channel, systemClock, newAriStats());
  const ours = new AriClientTransport(runner, 'bench');
  const connected = await ours.connect();
  if (!connected.ok) throw new Error(connected.failure.message);
  http.globalAgent.maxSockets = MAX_SOCKETS; // what ari-client cannot be told any other way
  const ariClient = createRequire(import.meta.url)('ari-client') as {
    connect(...of: [string, string, string]): Promise<AriClient>;
  };
  const bare = await ariClient.connect(url, username, password);
  const rows: Measured[] = [];
  for (const parallel of [1, 8, 32]) {
    rows.push(
      await measure('ari-client', parallel, requests, async (id) => {
        await bare.bridges.create({ bridgeId: id, type: 'mixing' });
        await bare.bridges.destroy({ bridgeId: id });
      }),
    );
    rows.push(
      await measure('ours', parallel, requests, async (id) => {
        await ours.createBridge(id, 'mixing');
        await ours.destroyBridge(id);
      }),
    );
  }
  console.table(rows);
  ours.close();
}

/** Runs pairs of requests (a bridge made and destroyed), `parallel` at a time; figures are per request. */
async function measure(
  way: string,
  parallel: number,
  requests: number,
  pair: (id: string) => Promise<void>,
): Promise<Measured> {
  const took: number[] = [];
  let next = -200; // the first are warm-up
  let cpu = process.cpuUsage();
  let startedAt = performance.now();
  const worker = async (): Promise<void> => {
    for (let i = next++; i < requests / 2; i = next++) {
      if (i === 0) [cpu, startedAt] = [process.cpuUsage(), performance.now()];
      const before = performance.now();
      await pair(`bench-${i}`);
      if (i >= 0) took.push((performance.now() - before) / 2);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  took.sort((a, b) => a - b);
  const at = (share: number): number => Number((took[Math.floor(took.length * share)] ?? 0).toFixed(2));
  return {
    way,
    parallel,
    perSecond: Math.round((requests / elapsedMs) * 1000),
    cpuMs: Number(((user + system) / 1000 / requests).toFixed(3)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}
