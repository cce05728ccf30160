import type { Secret } from '../../kernel/secret.js';
import type { AriParameters } from './generated/operations.js';
import type { RestRequest } from './rest.js';

/** One ARI operation as Asterisk describes it; `wrapped` body parameters are sent under their own name. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly place: string;
    readonly wrapped: boolean;
  }[];
}
export type OperationName = keyof AriParameters & string;
export type OperationTable = Readonly<Record<string, Operation>>;

export interface DiscoverOptions {
  /** `http://127.0.0.1:8088`, without `/ari`. */
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
}

/** What this code asks of Asterisk. One that lacks any of these is too old: refused at connect, not in the middle of a call. */
export const USED_OPERATIONS = [
  'applications.filter',
  'applications.get',
  'applications.subscribe',
  'applications.unsubscribe',
  'asterisk.getInfo',
  'bridges.addChannel',
  'bridges.createWithId',
  'bridges.destroy',
  'bridges.list',
  'bridges.playWithId',
  'bridges.record',
  'bridges.removeChannel',
  'channels.answer',
  'channels.continueInDialplan',
  'channels.create',
  'channels.dial',
  'channels.getChannelVar',
  'channels.hangup',
  'channels.list',
  'channels.playWithId',
  'channels.progress',
  'channels.record',
  'channels.ring',
  'channels.setChannelVars',
  'channels.snoopChannelWithId',
  'channels.transfer_progress',
  'endpoints.get',
  'playbacks.get',
  'playbacks.stop',
  'recordings.getLive',
  'recordings.stop',
] as const satisfies readonly OperationName[];
export type UsedOperation = (typeof USED_OPERATIONS)[number];

/** Names of used operations that the table lacks. */
export function missingOperations(table: OperationTable): readonly UsedOperation[] {
  return USED_OPERATIONS.filter((name) => table[name] === undefined);
}

/** Puts parameters where the operation wants them: path, query (lists joined by commas) or JSON body. */
export function requestOf<Name extends OperationName>(
  operation: Operation,
  parameters: AriParameters[Name],
): RestRequest {
  const values = parameters as Readonly<Record<string, unknown>>;
  let path = operation.path;
  const query: string[] = [];
  let body: unknown;
  for (const { name, place, wrapped } of operation.parameters) {
    const value = values[name];
    if (value === undefined) continue;
    if (place === 'body') body = wrapped ? { [name]: value } : value;
    else if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
    else query.push(`${name}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`);
  }
  return {
    method: operation.method,
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    ...(body === undefined ? {} : { body }),
  };
}
