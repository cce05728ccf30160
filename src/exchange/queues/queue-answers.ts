import { assertNever } from '../../kernel/result.js';
import type { Service } from '../domain/service.js';
import type { ServiceEffect } from '../services/domain/service-effect.js';
import type { ServiceEvent } from '../services/domain/service-event.js';
import type { QueueDesk } from './queue-desk.js';

/** Effects of services that ask the queues. */
export type QueueAsked = Extract<
  ServiceEffect,
  { do: 'enter' | 'choose' | 'line-up' | 'place' | 'call-back' | 'score' | 'agent' }
>;

const QUEUE_EFFECTS: ReadonlySet<ServiceEffect['do']> = new Set([
  'enter',
  'choose',
  'line-up',
  'place',
  'call-back',
  'score',
  'agent',
] satisfies QueueAsked['do'][]);

export const asksQueues = (effect: ServiceEffect): effect is QueueAsked => QUEUE_EFFECTS.has(effect.do);

const DONE: ServiceEvent = { type: 'done' };
const FAILED: ServiceEvent = { type: 'failed' };

/** What the queues answer to a service in a call. */
export async function queueAnswer(
  effect: QueueAsked,
  callId: string,
  service: Service,
  desk: QueueDesk,
): Promise<ServiceEvent | undefined> {
  switch (effect.do) {
    case 'enter': {
      if (service.name !== 'queue') return FAILED;
      const entered = await desk.enter(callId, service);
      return 'facts' in entered
        ? { type: 'entered', facts: entered.facts }
        : { type: 'told', word: entered.word };
    }
    case 'choose':
      await desk.choose(callId, effect.language);
      return DONE;
    case 'line-up':
      desk.lineUp(callId);
      return undefined;
    case 'place': {
      const placed = await desk.place(callId);
      return placed === undefined ? FAILED : { type: 'placed', ...placed };
    }
    case 'call-back':
      return (await desk.callBack(callId)) ? DONE : FAILED;
    case 'score':
      await desk.score(callId, effect.value);
      return DONE;
    case 'agent': {
      if (service.name !== 'agent') return FAILED;
      const { wish, member, device, argument: reason } = service;
      const { number, pin } = effect;
      const named = number === undefined ? {} : { number };
      const proof = pin === undefined ? {} : { pin };
      const answer = await desk.agent({ wish, member, device, reason, ...named, ...proof });
      if (answer === 'done') return DONE;
      return { type: answer === 'nobody' ? 'nothing' : 'refused' };
    }
    default:
      return assertNever(effect);
  }
}
