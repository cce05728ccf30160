import type { AriEvent } from '../infra/ari/ari.port.js';
import { languageOfCaller } from './domain/announcement.js';
import { type Call, winnerOf } from './domain/call.js';
import type { CallEvent } from './domain/call-event.js';
import type { Service } from './domain/service.js';
import type { Calling, ServeAttempt } from './domain/verdict.js';
import type { QueueWord } from './services/domain/queue-facts.js';

/** The caller whom a service is for: answered, in no bridge, in our application. */
export interface ServedCaller {
  readonly id: string;
  readonly channel: string;
  /** A language that every prompt exists in. */
  readonly language: string;
  /** Who calls, as the owner of the service may see it; absent where that is withheld. */
  readonly caller?: Pick<Calling, 'number' | 'name'>;
}

/**
 * Who runs services with callers (src/exchange/services). Tells the call through the `tell` that it is made with: keys that
 * count for more than the service, and once when the service is over by itself.
 */
export interface CallServices {
  /** Begins a service. Told again after a restart of ours, with the same call and service. */
  start(call: ServedCaller, service: Service): void;
  /** The caller is gone, or the call ends. Idempotent. */
  stop(callId: string): void;
  /** Tells the service of a call what was decided about it; false where none runs. */
  say(callId: string, word: QueueWord): boolean;
  /** Every event of the node; those that concern no service are ignored. */
  onEvent(event: AriEvent): void;
  /** After a (re)connection to Asterisk: events may have been missed. */
  look(): Promise<void>;
}

/** The caller, or whom the exchange itself has called. */
export function servedCaller(call: Call, { caller }: ServeAttempt): ServedCaller {
  const shown = caller === undefined || caller.withheld ? {} : { caller };
  const called = call.order === undefined ? undefined : winnerOf(call)?.channel;
  return { id: call.id, channel: called ?? call.caller.channel, language: languageOfCaller(call), ...shown };
}

/** What a service tells its call. */
export type TellCall = (
  callId: string,
  event: Extract<CallEvent, { type: 'service.ended' | 'key.pressed' }>,
) => void;

export type OpenServices = (tell: TellCall) => CallServices;
