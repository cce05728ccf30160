import type { z } from 'zod';

/** A kind of event that leaves by the outbox: the shape of its payload (plain JSON: ids and amounts as text) and who must hear of it. */
export interface Topic<Payload = unknown> {
  readonly payload: z.ZodType<Payload>;
  /** Names of handlers, `<module>.<verb-phrase>`: each runs once per event, in a transaction of its own. At least one. */
  readonly handlers: readonly string[];
  /** Those of `handlers` that take many events at once (`HandlesMany`): one transaction for all that wait together. */
  readonly batched?: readonly string[];
}
export type Topics = Readonly<Record<string, Topic>>;

/** Nest injection token of the `Topics` this process knows (src/events.ts). */
export const TOPICS = Symbol('TOPICS');

/** An event on its way into the outbox. */
export interface OutboxMessage {
  readonly topic: string;
  readonly payload: unknown;
}
