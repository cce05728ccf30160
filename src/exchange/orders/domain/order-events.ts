import { z } from 'zod';
import { spokenPrompts, superviseModes } from '../../domain/service.js';

/** One line: it is shown on telephones and kept as JSON, neither of which takes control characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must have no control characters');

/** What is dialled. */
export const dialString = line(128);

export const e164 = z.string().regex(/^\+[1-9][0-9]{2,14}$/, 'a telephone number in E.164, with +');

/** An agent's, as after the feature code. */
const agentNumber = z.string().regex(/^[0-9]{1,12}$/);

/** What is done when the first party has answered. */
export const onAnswer = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('speak'),
    prompt: z.enum(spokenPrompts),
    /** Spoken one by one. */
    digits: z
      .string()
      .regex(/^[0-9*#]{1,12}$/)
      .optional(),
    times: z.number().int().min(1).max(5).default(3),
  }),
  z.discriminatedUnion('service', [
    z.strictObject({ do: z.literal('service'), service: z.literal('echo') }),
    z.strictObject({
      do: z.literal('service'),
      service: z.literal('supervise'),
      mode: z.enum(superviseModes),
      agent: agentNumber,
    }),
    z.strictObject({ do: z.literal('service'), service: z.literal('listen'), call: z.uuid() }),
  ]),
  z.strictObject({ do: z.literal('connect'), dial: dialString }),
]);

const account = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('house') }),
  z.strictObject({ kind: z.literal('member'), memberId: z.uuid() }),
]);

const ring = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    e164,
    /** By this trunk and no other way. */
    trunk: z.string().min(1).max(40).optional(),
  }),
  z.strictObject({
    kind: z.literal('carrier'),
    carrierId: z.string().min(1).max(40),
    /** As that company writes it. */
    number: z.string().regex(/^[0-9*#+]{1,40}$/),
  }),
  z.strictObject({ kind: z.literal('device'), deviceId: z.uuid() }),
  z.strictObject({ kind: z.literal('member'), memberId: z.uuid() }),
]);

/** Payload of `call-order.wanted` (docs/call-orders.md): a call that somebody wants the exchange to start. */
export const callOrderWanted = z.strictObject({
  /** Chosen by whoever wants it: the same id twice is one call. */
  orderId: z.uuid(),
  purpose: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  /** Who pays, whose limits count, who is shown. */
  account,
  /** Of the house's own: the account that it is done for. */
  askedBy: z.uuid().optional(),
  ring,
  ringSeconds: z.number().int().min(5).max(120).default(45),
  /** Which of the account's numbers is shown. */
  shown: z
    .string()
    .regex(/^\+?[0-9#*]{1,32}$/)
    .optional(),
  /** The name on the rung member's own phone. */
  display: line(60).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .max(35),
  onAnswer: onAnswer,
  expiresAt: z.iso.datetime(),
});
export type CallOrderWanted = z.output<typeof callOrderWanted>;

/** Payload of `call-order.ended`. Times are milliseconds since 1970. */
export const callOrderEnded = z.object({
  orderId: z.uuid(),
  purpose: z.string(),
  /** The account's; null for the house's own. */
  memberId: z.uuid().nullable(),
  /** `refused`: nobody was rung. */
  state: z.enum(['ended', 'refused']),
  cause: z.string(),
  answeredAt: z.number().int().nullable(),
  connectedAt: z.number().int().nullable(),
  digits: z.string(),
  callId: z.uuid(),
});
