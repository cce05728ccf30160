import { z } from 'zod';

/** Payload of `statement.imported` (to be matched) and `settlement.approved` (to be paid). */
export const settlementTold = z.object({ settlementId: z.uuid() });
