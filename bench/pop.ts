import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config.js';
import { machine } from './calls/machine.js';
import { projectRoot } from './calls/root.js';
import { Site } from './calls/site.js';
import { percentile } from './calls/statistics.js';
import { until } from './calls/until.js';
import { openPage } from './pop/page.js';
import { fillCentre } from './pop/world.js';

/**
 * `./anydial bench pop`: how long after the decision to ring an agent his page shows the whole customer. One machine, one clock: the decision
 * is told as the exchange tells it (PageEvents, NOTIFY), a web process of its own reads the customer and sends both in one message, a real
 * Chromium paints it. `sent` is when another listener of the same account has the message, `painted` when the frame with the customer's name is drawn.
 */
const { values: chosen } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rings: { type: 'string', default: '200' } },
});
const PROMISED_MS = 300;

const config = loadConfig();
if (!config.ok || config.value.instance !== 'bench') {
  console.error('bench pop: needs an instance; run it as ./anydial bench pop');
  process.exitCode = 2;
} else {
  const site = new Site(false);
  try {
    const { http, databaseUrl } = config.value;
    const centre = await fillCentre(databaseUrl);
    site.onClear(() => centre.close());
    const app = site.start('web', [process.execPath, join(projectRoot, 'dist/src/main.js')], {
      ...process.env,
      ANYDIAL_ROLES: 'web',
    });
    const url = `http://${http.host}:${http.port}`;
    await until(`the application, see ${app.log}`, 60, async () => {
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
    const page = await openPage(url, centre);
    site.onClear(() => page.close());
    const sent: number[] = [];
    const painted: number[] = [];
    for (let ring = 0; ring < Number(chosen.rings); ring++) {
      const one = await page.shows(ring);
      sent.push(one.sentMs);
      painted.push(one.paintedMs);
    }
    const row = (what: string, values: readonly number[]) => ({
      what,
      p50Ms: percentile(values, 0.5),
      p95Ms: percentile(values, 0.95),
      p99Ms: percentile(values, 0.99),
      worstMs: Math.max(...values),
      over: values.filter((ms) => ms > PROMISED_MS).length,
    });
    const report = {
      at: new Date().toISOString(),
      machine,
      rings: painted.length,
      calls: centre.calls,
      rows: [row('decision → message at a listener', sent), row('decision → customer painted', painted)],
    };
    console.log(chosen.json ? JSON.stringify(report, null, 2) : tableOf(report));
  } finally {
    await site.clear();
  }
}

function tableOf({
  at,
  rings,
  calls,
  rows,
}: {
  at: string;
  rings: number;
  calls: number;
  rows: readonly Row[];
}) {
  return [
    `anydial bench pop, ${at}: ${rings} rings, ${calls} past calls in the tables`,
    '',
    '| from → to | p50 ms | p95 ms | p99 ms | worst ms | over 300 ms |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      (one) => `| ${[one.what, one.p50Ms, one.p95Ms, one.p99Ms, one.worstMs, one.over].join(' | ')} |`,
    ),
  ].join('\n');
}
interface Row {
  readonly what: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly over: number;
}
