import { z } from 'zod';

/** A payment through a provider has come to its end; money that came is on the payer's account already. */
export const topUpSettled = z.object({ topUpId: z.uuid(), outcome: z.enum(['paid', 'failed', 'expired']) });

/** Money went back to the payer (`done`), or could not and is on his account again (`failed`; also days after `done`). */
export const refundSettled = z.object({ refundId: z.uuid(), outcome: z.enum(['done', 'failed']) });
