import { assertNever } from '../../kernel/result.js';
import { asksQueues, queueAnswer } from '../queues/queue-answers.js';
import type { StoredMessage } from '../voicemail/message-store.js';
import { localTime, zoneOf } from './domain/local-time.js';
import type { MessageFacts } from './domain/message-facts.js';
import type { ServiceEffect } from './domain/service-effect.js';
import type { ServiceEvent } from './domain/service-event.js';
import type { ServedCall } from './served-call.js';
import type { ServicePlan } from './service-plan.js';
import type { ServiceWorld } from './service-world.js';

/** Effects that ask the mailbox or the settings rather than Asterisk. */
export type Asked = Exclude<
  ServiceEffect,
  { do: 'play' | 'wait' | 'record' | 'resume' | 'supervise' | 'notice' | 'let-go' | 'pressed' | 'end' }
>;

const DONE: ServiceEvent = { type: 'done' };
const FAILED: ServiceEvent = { type: 'failed' };

/** Never rejects: what goes wrong is an answer, too. */
export async function answer(
  effect: Asked,
  call: ServedCall,
  plan: ServicePlan,
  world: ServiceWorld,
): Promise<ServiceEvent | undefined> {
  try {
    return await answerOf(effect, call, plan, world);
  } catch (error) {
    world.log.warn(
      { err: error, call: call.id, service: plan.name, asked: effect.do },
      'a service was not answered',
    );
    return effect.do === 'mark-heard' ? undefined : FAILED;
  }
}

async function answerOf(
  effect: Asked,
  call: ServedCall,
  { mailbox, recordings, setting, service }: ServicePlan,
  world: ServiceWorld,
): Promise<ServiceEvent | undefined> {
  if (asksQueues(effect)) return queueAnswer(effect, call.id, service, world.queues());
  const { spool, keeper, store } = world;
  const name = { mailbox, id: call.id };
  switch (effect.do) {
    case 'look': {
      const [ownGreeting, full, note, recorded] = await Promise.all([
        spool.exists(spool.greetingOf(mailbox)),
        keeper.isFull(mailbox),
        spool.noteOf(name),
        spool.exists(recordings.message),
      ]);
      const recording = note !== undefined ? 'begun' : recorded ? 'left' : 'none';
      return { type: 'looked', deposit: { ownGreeting, full, recording } };
    }
    case 'list': {
      const [messages, country] = await Promise.all([store.list(mailbox), store.countryOf(mailbox)]);
      const zone = zoneOf(country);
      return { type: 'listed', messages: messages.map((one) => factsOf(one, mailbox, zone, world)) };
    }
    case 'keep':
      if (effect.what === 'message') return { type: await keeper.keep(name) };
      return (await spool.replace(spool.greetingOf(mailbox), recordings.greeting))
        ? DONE
        : { type: 'nothing' };
    case 'forget-greeting':
      await spool.drop(spool.greetingOf(mailbox));
      return DONE;
    case 'mark-heard':
      await store.setHeard(mailbox, effect.id, true);
      return undefined;
    case 'delete':
      await store.remove(mailbox, effect.id);
      await spool.remove({ mailbox, id: effect.id });
      return DONE;
    case 'mail-link':
      if (service.name !== 'page-link') return FAILED;
      return (await world.pageLinks.send(service.member, service.number)) ? DONE : { type: 'refused' };
    case 'card':
      return service.name === 'card' ? world.cards.answer(service, call.channel, effect.keyed) : FAILED;
    case 'set': {
      if (setting === undefined) return FAILED;
      const changed = await world.changeSetting(mailbox, setting, effect.value);
      if (changed.ok) return DONE;
      return { type: changed.failure.retry === 'never' ? 'refused' : 'failed' };
    }
    default:
      return assertNever(effect);
  }
}

function factsOf(
  { id, callerNumber, receivedAt, heardAt }: StoredMessage,
  mailbox: string,
  zone: string,
  { spool }: ServiceWorld,
): MessageFacts {
  return {
    id,
    ...(callerNumber === null ? {} : { from: callerNumber }),
    receivedAt: localTime(receivedAt.getTime(), zone),
    recording: spool.recordingOf({ mailbox, id }),
    heard: heardAt !== null,
  };
}
