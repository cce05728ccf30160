import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Tx } from '../db/tx.js';
import type { Topics } from './topics.js';

const HANDLED = Symbol('HANDLED');

/** What a handler does with an event: everything through `tx`, which commits together with the note that it is done. */
export type EventHandler<Payload = unknown> = (payload: Payload, tx: Tx) => Promise<void>;

interface Handled {
  readonly handler: string;
  readonly topic: string;
}

/** Marks a provider's method as handler of a topic. Business code uses the typed `Handles` of src/events.ts. */
export const HandlesTopic =
  <Payload>(handler: string, topic: string) =>
  <Method extends EventHandler<Payload>>(
    _: object,
    __: string | symbol,
    method: TypedPropertyDescriptor<Method>,
  ): void => {
    if (method.value !== undefined) Reflect.defineMetadata(HANDLED, { handler, topic }, method.value);
  };

export interface FoundHandler extends Handled {
  readonly run: EventHandler;
}

/** Every `HandlesTopic` method of this process's providers. */
export function findHandlers(discovery: DiscoveryService, scanner: MetadataScanner): readonly FoundHandler[] {
  return discovery.getProviders().flatMap(({ instance }) => {
    if (typeof instance !== 'object' || instance === null) return [];
    return scanner.getAllMethodNames(Object.getPrototypeOf(instance)).flatMap((name) => {
      const method: unknown = instance[name];
      if (typeof method !== 'function') return [];
      const handled: Handled | undefined = Reflect.getMetadata(HANDLED, method);
      return handled === undefined ? [] : [{ ...handled, run: method.bind(instance) as EventHandler }];
    });
  });
}

/** Why these handlers don't fit these topics: one line per flaw, none when every event finds exactly whom it must find. */
export function handlerFlaws(topics: Topics, found: readonly Handled[]): readonly string[] {
  const declared = Object.entries(topics).flatMap(([topic, { handlers }]) =>
    handlers.map((handler) => ({ handler, topic })),
  );
  const count = (list: readonly Handled[], one: Handled) =>
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
  ];
}
