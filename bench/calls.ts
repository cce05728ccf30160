import { findHighestRates } from './calls/highest-rate.js';
import { machine } from './calls/machine.js';
import { measureRate } from './calls/measurement.js';
import { type Options, parseOptions, usage } from './calls/options.js';
import type { Peer } from './calls/peer.js';
import { startPeer } from './calls/peers.js';
import { type RateReport, type Report, ratiosOf } from './calls/report.js';
import { Site } from './calls/site.js';
import { tableOf } from './calls/table.js';
import { versionsOf } from './calls/versions.js';
import { runWorkload } from './calls/workload.js';

/**
 * `./anydial bench calls`: what a call costs in the exchange, beside Asterisk's own Dial() and a naive ARI application,
 * in the same run on the same machine. See docs/benchmarks.md.
 */
const options = parseOptions(process.argv.slice(2));
if (!options.ok) {
  console.error(`${options.failure}\n${usage}`);
  process.exitCode = 2;
} else {
  await runBench(options.value);
}

async function runBench(chosen: Options): Promise<void> {
  const site = new Site();
  const stopped = (signal: NodeJS.Signals) => {
    tell(`${signal}: clearing up`);
    void site.clear().then(() => process.exit(130));
  };
  process.once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    const report = await measure(site, chosen);
    console.log(chosen.json ? JSON.stringify(report, null, 2) : tableOf(report));
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    await site.clear();
  }
}

async function measure(site: Site, chosen: Options): Promise<Report> {
  const peers: Peer[] = [];
  for (const name of chosen.peers) {
    tell(`starting ${name}`);
    peers.push(await startPeer(site, name));
  }
  for (const peer of peers) {
    tell(`warming up ${peer.name}`);
    await runWorkload(site, peer, { rate: 20, seconds: 2 });
  }
  const rates: RateReport[] = [];
  for (const rate of chosen.rates) {
    const measurements = await measureRate(site, peers, rate, chosen, tell);
    rates.push({ rate, measurements, ratios: ratiosOf(measurements) });
  }
  const highestRates =
    chosen.search === undefined ? undefined : await findHighestRates(site, peers, chosen.search, tell);
  return {
    bench: 'calls',
    at: new Date().toISOString(),
    machine,
    versions: versionsOf(peers),
    options: chosen,
    rates,
    highestRates,
  };
}

/** Progress goes to standard error: standard output is the result. */
function tell(line: string): void {
  console.error(`bench: ${line}`);
}
