import pg from 'pg';
import type { Secret } from '../../kernel/secret.js';

/** Connections per process for ordinary work (REST, jobs) and for the exchange's call records. PostgreSQL's default allows 100 in all. */
export const ORDINARY_CONNECTIONS = 8;
export const HOT_CONNECTIONS = 4;

/**
 * How long anything may take, in ms. The server's `statement_timeout` fires first and leaves a usable connection;
 * the client's `query_timeout` is for a server that doesn't answer at all (stopped, unplugged): an error, not a hang.
 */
export interface Deadlines {
  readonly connectionTimeoutMillis: number;
  readonly statement_timeout: number;
  readonly query_timeout: number;
  readonly idle_in_transaction_session_timeout: number;
}
export const deadlines: Deadlines = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 4_000,
  query_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
};

/**
 * A pool of its own for the call path, so that a slow report never keeps a call record waiting. Its statements find rows by
 * keys, always in the same way: planned for the values of each call, the directory's took longer to plan than to run.
 */
export function createHotPool(
  url: Secret,
  onIdleError: (error: Error) => void,
  limits: Deadlines = deadlines,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: 'anydial-hot',
    max: HOT_CONNECTIONS,
    options: '-c plan_cache_mode=force_generic_plan',
    keepAlive: true,
    ...limits,
  });
  pool.on('error', onIdleError);
  return pool;
}
