import { z } from 'zod';

/** Payload of `invoice-run.planned`: its accounts wait for their invoices. */
export const invoiceRunPlanned = z.object({ runId: z.uuid() });
