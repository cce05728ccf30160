import { type Options, parseOptions, usage } from './calls/options.js';
import { measureCalls } from './calls/run.js';
import { Site } from './calls/site.js';
import { tableOf } from './calls/table.js';

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
  const site = new Site(chosen.keep);
  const stopped = (signal: NodeJS.Signals) => {
    tell(`${signal}: clearing up`);
    void site.clear().then(() => process.exit(130));
  };
  process.once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    const report = await measureCalls(site, chosen, tell);
    console.log(chosen.json ? JSON.stringify(report, null, 2) : tableOf(report));
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    await site.clear();
  }
}

/** Progress goes to standard error: standard output is the result. */
function tell(line: string): void {
  console.error(`bench: ${line}`);
}
