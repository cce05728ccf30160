import type { Sql } from '../infra/db/sql.js';

/** Whatever answers queries: a transaction, a pool, or `Db`. */
export type Reads = Pick<Sql, 'rows'>;
