import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Nest's and its libraries' own lines; what they call "log" (each route, each module) is `debug` to an operator. */
export function frameworkLog(log: Log): LoggerService {
  const at =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...more: unknown[]) =>
      message instanceof Error
        ? log[level]({ err: message, more }, message.message)
        : log[level](more.length > 0 ? { more } : {}, String(message));
  return {
    log: at('debug'),
    debug: at('debug'),
    verbose: at('debug'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  };
}
