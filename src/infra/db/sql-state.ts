/** SQLSTATE of a PostgreSQL error (https://www.postgresql.org/docs/15/errcodes-appendix.html), however it is wrapped; undefined for time-outs and lost connections. */
export function sqlStateOf(error: unknown): string | undefined {
  const { code, driverError } = fieldsOf(error);
  const state = code ?? fieldsOf(driverError).code;
  return typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) && /\d/.test(state) ? state : undefined;
}

/** A row with that key exists already; `constraint` narrows it to one unique index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (sqlStateOf(error) !== '23505') return false;
  return constraint === undefined || constraint === constraintOf(error);
}

/** The constraint that was violated, where PostgreSQL names one. */
export function constraintOf(error: unknown): string | undefined {
  const { constraint, driverError } = fieldsOf(error);
  const found = constraint ?? fieldsOf(driverError).constraint;
  return typeof found === 'string' ? found : undefined;
}

/** PostgreSQL rolled the transaction back because of others (serialization failure, deadlock): running it again is safe. */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
}

interface ErrorFields {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly driverError?: unknown;
}
const fieldsOf = (value: unknown): ErrorFields => (typeof value === 'object' && value !== null ? value : {});
