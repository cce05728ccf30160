import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ExchangeProcess } from './support/exchange-process.js';

const run = promisify(execFile);
const exchange = new ExchangeProcess();
jest.setTimeout(90_000);

/** What `./anydial up` and `./anydial demo` end with: the compiled program itself, against a running exchange. */
describe('the proof calls', () => {
  beforeAll(() => exchange.start());
  afterAll(() => exchange.stop());

  it('given_a_running_exchange_when_demo_is_run_then_both_calls_are_proved_and_told_as_json', async () => {
    const program = resolve(import.meta.dirname, '../../dist/test/lab/demo.js');
    const { stdout } = await run(process.execPath, [program, '--json'], { env: { ...process.env } });
    const told = JSON.stringify(JSON.parse(stdout));
    expect(told).toContain('0262006200082');
    expect(told).toContain('+82262001234');
  });
});
