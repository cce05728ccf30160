import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { appModule } from './app.module.js';
import type { Config } from './config.js';
import { dressServer } from './infra/http/server.js';
import { Draining } from './infra/life/draining.js';
import { frameworkLog } from './infra/log/framework-log.js';
import type { Log } from './infra/log/log.js';
import { tracing } from './infra/trace/tracing.js';

/** Longest time that calls in set-up and open requests get after SIGTERM … */
const DRAIN_MS = 4_000;
/** … and jobs after that. */
const SHUTDOWN_MS = 10_000;

/** Builds the process of these roles without listening yet. */
export async function createApp(config: Config, log: Log): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(await appModule(config, log), {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
    // A payment provider signs its message byte for byte.
    rawBody: true,
    forceCloseConnections: true,
  });
  app.useLogger(frameworkLog(log));
  dressServer(app, config);
  return app;
}

/** Starts it: listens, and ends cleanly on SIGTERM or SIGINT. */
export async function startApp(config: Config, log: Log): Promise<NestExpressApplication> {
  const app = await createApp(config, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void shutDown(app, log, signal));
  }
  await app.listen(config.http.port, config.http.host);
  log.info({ url: await app.getUrl() }, 'ready');
  return app;
}

async function shutDown(app: NestExpressApplication, log: Log, signal: string): Promise<void> {
  log.info({ signal }, 'ending');
  if (!(await app.get(Draining).drain(DRAIN_MS))) log.warn('not everything was done in time');
  const overdue = setTimeout(() => {
    log.error('ending took too long: leaving');
    process.exit(1);
  }, SHUTDOWN_MS);
  overdue.unref();
  await app.close();
  await tracing()?.stop();
  log.info('ended');
  process.exitCode = 0;
}
