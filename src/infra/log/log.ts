import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../../config.js';

export type Log = Logger;

/** Nest injection token of the process's `Log`. */
export const LOG = Symbol('LOG');

const call = new AsyncLocalStorage<string>();

/** Every log line written inside `work`, also after awaits and by other modules, carries the call's id as `call`. */
export const inCall = <T>(callId: string, work: () => T): T => call.run(callId, work);

/** JSON lines on stdout. What can sign somebody in, or names a person, never reaches them. */
export function createLog(
  config: Pick<Config, 'instance' | 'logLevel' | 'roles'>,
  to?: DestinationStream,
): Log {
  return pino(
    {
      level: config.logLevel,
      base: { instance: config.instance, roles: [...config.roles].join('+') },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const id = call.getStore();
        return id === undefined ? {} : { call: id };
      },
      redact: { paths: [...redacted, ...sqlValues], censor: '[secret]' },
    },
    to ?? pino.destination({ fd: 1, sync: false }),
  );
}

/** TypeORM's and pg's errors carry the statement's values: rows of people, password hashes. */
const sqlValues = ['err.parameters', 'err.detail', 'err.driverError'];

const names = [
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'apiKey',
  '["set-cookie"]',
  '["x-api-key"]',
  '["x-csrf-token"]',
];
const redacted = names.flatMap((name) => {
  const key = name.startsWith('[') ? name : `.${name}`;
  return [name, `*${key}`, `*.*${key}`, `*.*.*${key}`];
});
