import pg from 'pg';
import type { Secret } from '../../kernel/secret.js';

/** Connections per process for ordinary work (REST, jobs) and for the exchange's call records. PostgreSQL's default allows 100 in all. */
export const ORDINARY_CONNECTIONS = 8;
export const HOT_CONNECTIONS = 4;

/**
 * How long anything may take, in ms. The server's `statement_timeout` fires first and leaves a usable connection;
 * the client's `query_timeout` is for a server that doesn't answer at all (stopped, unplugged): an error, not a hang.
 */
export const deadlines = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 4_000,
  query_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

/** A pool of its own for the call path, so that a slow report never keeps a call record waiting. */
export function createHotPool(url: Secret, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: 'anydial-hot',
    max: HOT_CONNECTIONS,
    keepAlive: true,
    ...deadlines,
  });
  pool.on('error', onIdleError);
  return pool;
}
