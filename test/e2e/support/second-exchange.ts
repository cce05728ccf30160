import { join } from 'node:path';
import { AsteriskConsole } from '../../../src/infra/ari/console.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { ExchangeProcess } from './exchange-process.js';

const APP = 'exchange-second';
const env = (name: string): string => process.env[name] ?? '';

/** Another exchange of the same database at the same Asterisk, and the dialplan's switch: to which of both new calls come. */
export class SecondExchange {
  private readonly console = new AsteriskConsole(
    { path: env('ASTERISK_CONTROL_SOCKET'), deadlineMs: 5_000 },
    systemClock,
  );
  private readonly process = new ExchangeProcess(() => {
    const url = `http://127.0.0.1:${Number(env('ANYDIAL_PORT_BASE')) + 9}`;
    return {
      ANYDIAL_INSTANCE: `${env('ANYDIAL_INSTANCE')}-second`,
      ANYDIAL_ROLES: 'exchange',
      ARI_APP: APP,
      HTTP_PORT: new URL(url).port,
      PUBLIC_URL: url,
      JOURNAL_DIR: join(env('ANYDIAL_STATE_DIR'), 'journal-second'),
      ENDPOINT_COPY: join(env('ANYDIAL_STATE_DIR'), 'endpoints-second.sqlite3'),
    };
  });

  /** It runs, and new calls come to it. */
  async start(): Promise<void> {
    await this.process.start();
    await this.callsComeTo(APP);
  }

  /** New calls come to the first one again. */
  async stop(): Promise<void> {
    await this.callsComeTo(env('ARI_APP'));
    await this.process.stop();
  }

  private async callsComeTo(app: string): Promise<void> {
    const done = await this.console.run('dialplan', 'set', 'global', 'ARI_APP', app);
    if (!done.ok) throw new Error(done.failure.message);
  }
}
