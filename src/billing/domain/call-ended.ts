import { z } from 'zod';

const time = z.number().int().nonnegative();
const e164 = z.string().regex(/^\+[1-9][0-9]{2,14}$/);

/**
 * Payload of the outbox topic `call.ended`: all that billing must know of a call, told once with its end. Times are
 * milliseconds since 1970. It holds the facts, not pointers: billing reads no table of the exchange.
 */
export const callEnded = z.object({
  callId: z.uuid(),
  /** The member who pays; null when the call came in by a trunk. */
  memberId: z.uuid().nullable(),
  /** How the number was read: `pin`, `vns`, `pstn`, `emergency` … */
  reading: z.string().max(40).nullable(),
  /** The number the payer is charged for; null when there is none (a call to one of our numbers). */
  called: e164.nullable(),
  /** Answered by a device of ours: never left the net. */
  onNet: z.boolean(),
  answeredAt: time.nullable(),
  endedAt: time,
  /** False for what nobody pays: unanswered calls, emergency calls, our own announcements. */
  billable: z.boolean(),
  /** Every leg, as in `call_leg`. */
  legs: z.array(
    z.object({
      leg: z.number().int().min(0).max(32_767),
      kind: z.enum(['device', 'trunk']),
      /** The trunk's id for `trunk`. */
      target: z.string().min(1).max(100),
      /** What the carrier was asked to reach, in E.164 before conversion for its network. */
      e164: e164.nullable(),
      answeredAt: time.nullable(),
      endedAt: time,
    }),
  ),
});

export type CallEnded = z.output<typeof callEnded>;
