import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { AmiClient } from '../../../src/infra/ari/ami.js';
import { ARI_PORT, ARI_STATS, AriModule } from '../../../src/infra/ari/ari.module.js';
import type { AriPort } from '../../../src/infra/ari/ari.port.js';
import type { AriStats } from '../../../src/infra/ari/ari-stats.js';
import { CelFile } from '../../../src/infra/ari/cel.js';
import { EventStream } from '../../../src/infra/ari/event-stream.js';
import { SipObjects } from '../../../src/infra/ari/sip-objects.js';
import { Secret } from '../../../src/kernel/secret.js';
import { FakeAsterisk } from './fake-asterisk.js';
import { FakeManager } from './fake-manager.js';

it('the module gives everything of one Asterisk, and leaves nothing open when it shuts down', async () => {
  const asterisk = await FakeAsterisk.start();
  const manager = await FakeManager.start();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const app = await Test.createTestingModule({
    imports: [
      AriModule.register({
        useFactory: () => ({
          ari: { url: asterisk.url, username: 'lab', password: new Secret('p'), app: 'exchange' },
          ami: { host: '127.0.0.1', port: manager.port, username: 'lab', secret: new Secret('s') },
          celFile: '/nonexistent/cel.csv',
          log: quiet,
        }),
      }),
    ],
  }).compile();
  await app.init();
  expect(asterisk.mostSockets).toBe(0); // nothing connects by itself
  expect(app.get(SipObjects)).toBeInstanceOf(SipObjects);
  expect((await app.get(CelFile).celEvidence(new Set(['a']), new Date(0))).size).toBe(0);
  const managerLogin = once(manager, 'action');
  app.get(AmiClient).start();
  await managerLogin;
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
  expect(app.get<AriStats>(ARI_STATS).requests.done).toBe(2); // the filter and the answer
  const closed = once(manager, 'closed');
  await app.close();
  await closed;
  while (asterisk.sockets.size > 0) await once(asterisk, 'socket-closed');
  await asterisk.stop();
  await manager.stop();
});
