import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Tx } from '../db/tx.js';
import type { Topics } from './topics.js';

const HANDLED = Symbol('HANDLED');

/** What a handler does with an event: everything through `tx`, which commits together with the note that it is done. */
export type EventHandler<Payload = unknown> = (payload: Payload, tx: Tx) => Promise<void>;

interface Named {
  readonly handler: string;
  readonly topic: string;
}
interface Handled extends Named {
  /** It is given an array of payloads. */
  readonly many: boolean;
}

/** Marks a provider's method as handler of a topic. Business code uses the typed `Handles` of src/events.ts. */
export const HandlesTopic = <Payload>(handler: string, topic: string) =>
  marked<EventHandler<Payload>>({ handler, topic, many: false });

/**
 * The same for a method that takes all events that wait together. It must do for each what it would do for it alone: when one
 * of them makes it throw, the others are given to it again without that one. Business code uses `HandlesMany` of src/events.ts.
 */
export const HandlesTopicInBatches = <Payload>(handler: string, topic: string) =>
  marked<EventHandler<readonly Payload[]>>({ handler, topic, many: true });

const marked =
  <Takes>(handled: Handled) =>
  <Method extends Takes>(_: object, __: string | symbol, method: TypedPropertyDescriptor<Method>): void => {
    if (typeof method.value === 'function') Reflect.defineMetadata(HANDLED, handled, method.value);
  };

export interface FoundHandler extends Named {
  /** Handles these events, in this order, through that transaction. */
  readonly run: EventHandler<readonly unknown[]>;
}

/** Every `HandlesTopic` method of this process's providers. */
export function findHandlers(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
): readonly (FoundHandler & Handled)[] {
  return discovery.getProviders().flatMap(({ instance }) => {
    if (typeof instance !== 'object' || instance === null) return [];
    return scanner.getAllMethodNames(Object.getPrototypeOf(instance)).flatMap((name) => {
      const method: unknown = instance[name];
      if (typeof method !== 'function') return [];
      const handled: Handled | undefined = Reflect.getMetadata(HANDLED, method);
      return handled === undefined ? [] : [{ ...handled, run: runOf(handled, method.bind(instance)) }];
    });
  });
}

function runOf({ many }: Handled, method: EventHandler): EventHandler<readonly unknown[]> {
  if (many) return method;
  return async (payloads, tx) => {
    for (const payload of payloads) await method(payload, tx);
  };
}

/** Why these handlers don't fit these topics: one line per flaw, none when every event finds exactly whom it must find. */
export function handlerFlaws(topics: Topics, found: readonly Handled[]): readonly string[] {
  const declared = Object.entries(topics).flatMap(([topic, { handlers, batched = [] }]) =>
    handlers.map((handler) => ({ handler, topic, many: batched.includes(handler) })),
  );
  const count = (list: readonly Named[], one: Named) =>
    list.filter((other) => other.handler === one.handler && other.topic === one.topic).length;
  return [
    ...Object.entries(topics).flatMap(([topic, { handlers }]) =>
      handlers.length === 0 ? [`topic ${topic} has no handler`] : [],
    ),
    ...declared.flatMap((one) =>
      count(found, one) === 1
        ? []
        : [`handler ${one.handler} of ${one.topic} is provided ${count(found, one)} times instead of once`],
    ),
    ...declared.flatMap((one, index) =>
      declared.findIndex((other) => other.handler === one.handler) === index
        ? []
        : [`handler ${one.handler} is declared twice: names are unique over all topics`],
    ),
    ...found.flatMap((one) =>
      count(declared, one) > 0
        ? []
        : [`handler ${one.handler} of ${one.topic} is not declared in the topics`],
    ),
    ...Object.entries(topics).flatMap(([topic, { handlers, batched = [] }]) =>
      batched
        .filter((handler) => !handlers.includes(handler))
        .map((handler) => `${handler} takes many ${topic} but is none of its handlers`),
    ),
    ...found.flatMap((one) =>
      declared.some((other) => other.handler === one.handler && other.many !== one.many)
        ? [`handler ${one.handler} takes ${one.many ? 'many events' : 'one event'}: the topics say otherwise`]
        : [],
    ),
  ];
}
