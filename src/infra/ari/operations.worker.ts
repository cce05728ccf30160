/**
 * Runs ari-client's own connect and posts the operation table it discovered. In a worker thread because ari-client keeps
 * credentials module-global, never settles when a socket dies, prints to the console and may throw from a socket callback:
 * here each Asterisk gets its own copy, and ending the thread ends all of it.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Operation } from './operations.js';

export interface WorkerInput {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}
interface SwaggerParameter {
  readonly name: string;
  readonly paramType: string;
  readonly dataType?: string;
  readonly type?: string;
}
interface SwaggerOperation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly SwaggerParameter[];
}
interface AriClient {
  connect(url: string, username: string, password: string): Promise<LoadedClient>;
}
/** ari-client exposes the loaded description only under this name; absent in another version, the discovery fails loudly. */
interface LoadedClient {
  readonly _swagger: {
    readonly apis: Readonly<
      Record<string, { readonly operations: Readonly<Record<string, SwaggerOperation>> }>
    >;
  };
}

const options = workerData as WorkerInput;
const ariClient = createRequire(import.meta.url)('ari-client') as AriClient;
const client = await ariClient.connect(options.url, options.username, options.password);
const table: Record<string, Operation> = {};
for (const [resource, { operations }] of Object.entries(client._swagger.apis)) {
  for (const [nickname, operation] of Object.entries(operations ?? {})) {
    table[`${resource}.${nickname}`] = {
      method: operation.method.toUpperCase(),
      path: operation.path,
      parameters: operation.parameters.map(({ name, paramType, dataType, type }) => ({
        name,
        place: paramType,
        wrapped: (dataType ?? type) === 'containers',
      })),
    };
  }
}
parentPort?.postMessage(table);
