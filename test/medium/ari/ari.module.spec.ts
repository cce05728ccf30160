import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ARI_PORT, ARI_STATS, AriModule } from '../../../src/infra/ari/ari.module.js';
import type { AriPort } from '../../../src/infra/ari/ari.port.js';
import type { AriStats } from '../../../src/infra/ari/ari-stats.js';
import { CelFile } from '../../../src/infra/ari/cel.js';
import { EventStream } from '../../../src/infra/ari/event-stream.js';
import { SecurityLog } from '../../../src/infra/ari/security-log.js';
import { SipObjects } from '../../../src/infra/ari/sip-objects.js';
import { Secret } from '../../../src/kernel/secret.js';
import { FakeAsterisk } from './fake-asterisk.js';

it('the module gives everything of one Asterisk, and leaves nothing open when it shuts down', async () => {
  const asterisk = await FakeAsterisk.start();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const app = await Test.createTestingModule({
    imports: [
      AriModule.register({
        useFactory: () => ({
          ari: { url: asterisk.url, username: 'lab', password: new Secret('p'), app: 'exchange' },
          controlSocket: '/nonexistent/asterisk.ctl',
          celFile: '/nonexistent/cel.csv',
          securityLog: '/nonexistent/security.log',
          log: quiet,
        }),
      }),
    ],
  }).compile();
  await app.init();
  expect(asterisk.mostSockets).toBe(0); // nothing connects by itself
  expect((await app.get(CelFile).celEvidence(new Set(['a']), new Date(0))).size).toBe(0);
  await app.get(SecurityLog).start();
  await new Promise<void>((resolve) => {
    app.get(EventStream).start({
      onConnected: async () => resolve(),
      onEvent: () => undefined,
      onDisconnected: () => undefined,
      onReplaced: () => undefined,
    });
  });
  const port = app.get<AriPort>(ARI_PORT);
  expect(await port.answer('x')).toEqual({ kind: 'done', value: undefined });
  expect(await app.get(SipObjects).changed('d1')).toMatchObject({ failure: { code: 'console.unavailable' } });
  expect(app.get<AriStats>(ARI_STATS).requests.done).toBe(2); // the filter and the answer
  await app.close();
  while (asterisk.sockets.size > 0) await once(asterisk, 'socket-closed');
  await asterisk.stop();
});
