import type { Provider } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { AriClientTransport } from '../../infra/ari/ari-client.transport.js';
import { AsteriskConsole } from '../../infra/ari/console.js';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { systemClock } from '../../kernel/clock.js';
import { CallRegistry } from '../call-registry.js';
import { CardDesk } from '../cards/card-desk.js';
import { talkOf } from '../domain/talk-of.js';
import { PageLinks } from '../number-pages/page-links.js';
import { QueueDoor } from '../queues/queue-door.js';
import type { ServiceWorld } from '../services/service-world.js';
import { settingChange } from '../services/setting-change.js';
import { MessageKeeper } from './message-keeper.js';
import { MessageLamp } from './message-lamp.js';
import { MessageSpool } from './message-spool.js';
import { MessageStore } from './message-store.js';
import { VoicemailUpkeep } from './voicemail.upkeep.js';

/** Nest injection token of the `ServiceWorld`: what a `ServiceHost` needs. */
export const SERVICE_WORLD = Symbol('SERVICE_WORLD');

const CONSOLE_DEADLINE_MS = 5_000;

/** Voicemail in the exchange role; they want the `AriModule`'s exports beside them. */
export const voicemailProviders: readonly Provider[] = [
  MessageStore,
  VoicemailUpkeep,
  {
    provide: MessageSpool,
    inject: [CONFIG],
    useFactory: (config: Config) => new MessageSpool(`${config.asteriskSpoolDir}/recording`),
  },
  {
    provide: MessageKeeper,
    inject: [CONFIG, LOG, AriClientTransport, MessageSpool, MessageStore],
    useFactory: (
      config: Config,
      log: Log,
      ari: AriClientTransport,
      spool: MessageSpool,
      store: MessageStore,
    ) =>
      new MessageKeeper({
        node: config.instance,
        spool,
        store,
        clock: systemClock,
        log,
        recordingGoesOn: (recording) => ari.recordingGoesOn(recording),
      }),
  },
  {
    provide: MessageLamp,
    inject: [CONFIG, LOG, MessageStore],
    useFactory: (config: Config, log: Log, store: MessageStore) => {
      const options = { path: config.controlSocket, deadlineMs: CONSOLE_DEADLINE_MS };
      const asterisk = new AsteriskConsole(options, systemClock);
      return new MessageLamp({
        directory: `${config.asteriskSpoolDir}/voicemail`,
        store,
        log,
        reload: () => asterisk.run('voicemail', 'reload'),
      });
    },
  },
  {
    provide: SERVICE_WORLD,
    inject: [
      Db,
      LOG,
      AriClientTransport,
      MessageSpool,
      MessageKeeper,
      MessageStore,
      MessageLamp,
      QueueDoor,
      CallRegistry,
      CardDesk,
      PageLinks,
    ],
    useFactory: (
      db: Db,
      log: Log,
      ari: AriClientTransport,
      spool: MessageSpool,
      keeper: MessageKeeper,
      store: MessageStore,
      lamp: MessageLamp,
      door: QueueDoor,
      registry: CallRegistry,
      cards: CardDesk,
      pageLinks: PageLinks,
    ): ServiceWorld => ({
      ari,
      clock: systemClock,
      spool,
      keeper,
      store,
      cards,
      pageLinks,
      changeSetting: settingChange(db),
      queues: () => door.desk,
      agentsChannel: ({ callId, agentId }) => {
        const legs = registry.get(callId)?.call.legs ?? [];
        return legs.find(({ plan, status }) => plan.agent === agentId && status === 'answered')?.channel;
      },
      talkOf: (callId) => talkOf(registry.get(callId)?.call),
      log,
      reconnected: () => {
        lamp.reconnected();
        keeper.lookSoon();
      },
    }),
  },
];
