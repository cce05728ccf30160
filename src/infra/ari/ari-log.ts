/** Where the edge says what happens to it; pino's loggers fit. */
export interface AriLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
