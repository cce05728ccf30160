import type { AriPort } from '../../infra/ari/ari.port.js';
import type { RecordingPort } from '../../infra/ari/recording.port.js';
import type { SnoopPort } from '../../infra/ari/snoop.port.js';
import type { Log } from '../../infra/log/log.js';
import type { Clock } from '../../kernel/clock.js';
import type { Failure, Result } from '../../kernel/result.js';
import type { CardDesk } from '../cards/card-desk.js';
import type { PageLinks } from '../number-pages/page-links.js';
import type { QueueDesk, Supervised } from '../queues/queue-desk.js';
import type { MessageKeeper } from '../voicemail/message-keeper.js';
import type { MessageSpool } from '../voicemail/message-spool.js';
import type { MessageStore } from '../voicemail/message-store.js';
import type { MemberSetting } from './domain/set-machine.js';

/** Changes a member's setting; a failure whose `retry` is `never` says that this value may not be set. */
export type ChangeSetting = (
  member: string,
  setting: MemberSetting,
  value: string | boolean | null,
) => Promise<Result<unknown, Failure>>;

/** What services need of the world. */
export interface ServiceWorld {
  readonly ari: Pick<
    AriPort,
    'play' | 'stopPlayback' | 'createBridge' | 'addToBridge' | 'removeFromBridge' | 'destroyBridge' | 'hangup'
  > &
    RecordingPort &
    SnoopPort;
  /** Who decides about queues. */
  readonly queues: () => QueueDesk;
  /** The channel of an agent who talks in a call. */
  readonly agentsChannel: (call: Supervised) => string | undefined;
  /** A channel of those who talk in a call, and the bridge in which they do; undefined where nobody may be heard. */
  readonly talkOf: (
    callId: string,
  ) => { readonly channel: string; readonly bridge: string; readonly language: string } | undefined;
  readonly cards: Pick<CardDesk, 'answer'>;
  readonly pageLinks: Pick<PageLinks, 'send'>;
  readonly clock: Clock;
  readonly spool: MessageSpool;
  readonly keeper: Pick<MessageKeeper, 'begin' | 'hold' | 'release' | 'keep' | 'isFull'>;
  readonly store: Pick<MessageStore, 'list' | 'setHeard' | 'remove' | 'countryOf'>;
  readonly changeSetting: ChangeSetting;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** A connection to Asterisk is there (again): what it was not told, or what we did not hear, is made good. */
  reconnected(): void;
}
