import { waitToBeAlone } from './alone.js';
import { findHighestRates } from './highest-rate.js';
import { measureIdle } from './idle.js';
import { machine } from './machine.js';
import { measureRate } from './measurement.js';
import type { Options } from './options.js';
import type { Peer } from './peer.js';
import { startPeer } from './peers.js';
import { type RateReport, type Report, ratiosOf } from './report.js';
import type { Site } from './site.js';
import { versionsOf } from './versions.js';
import { type Load, runWorkload } from './workload.js';

/** Some hundred calls, until Node has compiled what it runs often: its figure per call falls by a quarter meanwhile. */
const warmUp: Load = { rate: 40, seconds: 8 };

/** Starts the peers on the site and measures all that the options ask for. @param tell one line of progress each. */
export async function measureCalls(
  site: Site,
  options: Options,
  tell: (line: string) => void,
): Promise<Report> {
  await waitToBeAlone(site, tell);
  const peers: Peer[] = [];
  for (const name of options.peers) {
    tell(`starting ${name}`);
    peers.push(await startPeer(site, name, options));
  }
  for (const peer of peers) {
    tell(`warming up ${peer.name}`);
    await runWorkload(site, peer, warmUp);
  }
  tell('idle');
  const idle = await measureIdle(peers);
  const rates: RateReport[] = [];
  for (const rate of options.rates) {
    const measurements = await measureRate(site, peers, rate, options, tell);
    rates.push({ rate, measurements, ratios: ratiosOf(measurements) });
  }
  const highestRates =
    options.search === undefined ? undefined : await findHighestRates(site, peers, options.search, tell);
  return {
    bench: 'calls',
    at: new Date().toISOString(),
    machine,
    versions: versionsOf(peers),
    options,
    idleCpuMsPerSecond: Object.fromEntries(idle),
    rates,
    highestRates,
  };
}
