import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '../../src/config.js';
import { createLog } from '../../src/infra/log/log.js';
import { createApp } from '../../src/start.js';
import { type ConfigChoices, testConfig } from './test-config.js';

export interface TestApp {
  readonly app: NestExpressApplication;
  readonly config: Config;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

/** The real process of the given roles, listening on a port of its own. */
export async function testApp(choices: ConfigChoices): Promise<TestApp> {
  const config = testConfig(choices);
  const app = await createApp(config, createLog(config));
  try {
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    // What listens and looks by then would go on into the next file's tests.
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, config, url: `http://127.0.0.1:${port}`, close: () => app.close() };
}
