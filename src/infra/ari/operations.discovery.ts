import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../kernel/clock.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { type DiscoverOptions, missingOperations, type OperationTable } from './operations.js';
import type { WorkerInput } from './operations.worker.js';

export type DiscoveryFailure = Failure<'ari.unreachable' | 'ari.operations-missing'>;

// Sources run as .ts under jest (Node strips the types), as .js when built.
const WORKER = new URL(`./operations.worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Connects with ari-client and returns every operation this Asterisk offers. Ends within `deadlineMs` whatever the
 * server does, and leaves nothing running: the thread that did it is ended.
 */
export async function discoverOperations(
  options: DiscoverOptions,
  clock: Clock,
  deadlineMs: number,
): Promise<Result<OperationTable, DiscoveryFailure>> {
  const { url, username, password } = options;
  const workerData: WorkerInput = { url, username, password: password.reveal() };
  const worker = new Worker(WORKER, { workerData, stdout: true, stderr: true, execArgv: [] });
  let cancelDeadline = (): void => undefined;
  const found = await new Promise<OperationTable | string>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error: Error) => resolve(error.message));
    worker.once('exit', () => resolve('ari-client ended without an answer'));
    cancelDeadline = clock.after(deadlineMs, () => resolve(`no answer within ${deadlineMs} ms`));
  });
  cancelDeadline();
  await worker.terminate();
  if (typeof found === 'string') return err(unreachable(options.url, found));
  const missing = missingOperations(found);
  return missing.length === 0 ? ok(found) : err(tooOld(options.url, missing));
}

function unreachable(url: string, reason: string): DiscoveryFailure {
  return failure('ari.unreachable', `Asterisk's interface at ${url} could not be read: ${reason}`, {
    hint: 'is Asterisk running, and are ARI_URL, ARI_USERNAME and ARI_PASSWORD those of its ari.conf?',
    retry: 'safe',
  });
}

function tooOld(url: string, missing: readonly string[]): DiscoveryFailure {
  return failure('ari.operations-missing', `Asterisk at ${url} does not offer ${missing.join(', ')}`, {
    hint: 'Asterisk 22.10.1 or newer with all res_ari_* modules loaded is needed',
  });
}
