import { z } from 'zod';

/** Payload of `queue-call.ended`: a visit to a queue is over; everything else is in the row. */
export const queueCallEnded = z.object({
  queueCallId: z.uuid(),
  callId: z.uuid(),
  queueId: z.uuid(),
  companyId: z.uuid().nullable(),
  agentId: z.uuid().nullable(),
  outcome: z.string().max(40),
});
