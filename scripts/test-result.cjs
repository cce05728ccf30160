// usage: test-result.cjs QUEUE [FAILED CHECK…]: the sum of the jest runs that left their results in QUEUE/results, as the last line.
const { existsSync, readFileSync } = require('node:fs');
const { basename } = require('node:path');

const [queue, ...checks] = process.argv.slice(2);
const linesOf = (file) => readFileSync(`${queue}/${file}`, 'utf8').split('\n').filter(Boolean);
const names = [...linesOf('runs'), ...linesOf('files').map((file) => basename(file, '.spec.ts'))];

let passed = 0;
let failed = checks.filter((one) => one !== 'suites').length;
const red = [];
for (const name of names) {
  const file = `${queue}/results/${name}.json`;
  const run = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  passed += run?.numPassedTests ?? 0;
  const bad = run === undefined ? 1 : run.numFailedTests + run.numRuntimeErrorTestSuites;
  failed += bad;
  for (const { name: path, status } of run?.testResults ?? []) if (status === 'failed') red.push(path);
  if (run === undefined) red.push(`${name}: no result`);
}
for (const one of red) console.log(`failed: ${one}`);
console.log(checks.length > 0 ? `\nfailed: ${checks.join(', ')}` : '');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
