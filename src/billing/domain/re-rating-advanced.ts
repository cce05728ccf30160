import { z } from 'zod';

/**
 * Payload of the outbox topic `re-rating.advanced`: a re-rating was asked for, or came this far. Each handling rates one
 * chunk and tells of the next in the same transaction, so a run of any length survives any crash.
 */
export const reRatingAdvanced = z.object({
  id: z.uuid(),
  part: z.enum(['charges', 'accruals']),
  after: z.object({ answeredAt: z.iso.datetime(), callId: z.uuid(), leg: z.number().int() }).nullable(),
});

export type ReRatingAdvanced = z.output<typeof reRatingAdvanced>;
