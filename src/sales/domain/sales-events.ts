import { z } from 'zod';

/** The price is set aside: what was bought is to be given. */
export const orderPaid = z.object({ orderId: z.uuid(), kind: z.enum(['number', 'goods']) });

export const orderProvisioning = z.object({ orderId: z.uuid() });

/** A number was sold, is its member's, and may be called. `key`: as in number_assignment. */
export const numberAssigned = z.object({
  orderId: z.uuid(),
  contractId: z.uuid(),
  assignmentId: z.uuid(),
  key: z.string(),
  memberId: z.uuid(),
  kind: z.enum(['pin', 'vns']),
});

/** What a buyer is told of his order by mail. */
export const buyerNews = z.enum(['receipt', 'rejected', 'refunded', 'shipped', 'approved']);
export type BuyerNews = z.output<typeof buyerNews>;
export const orderTold = z.object({ orderId: z.uuid(), about: buyerNews });

/** What the owner of a number is told of its fee by mail. */
export const contractNews = z.enum(['overdue', 'reminder', 'suspended', 'lapsed', 'resumed']);
export type ContractNews = z.output<typeof contractNews>;
export const contractTold = z.object({ contractId: z.uuid(), about: contractNews });

/** A telephone, adapter (serial: its MAC) or card was packed for a member; once for each piece. */
export const terminalSold = z.object({
  orderId: z.uuid(),
  memberId: z.uuid(),
  kind: z.enum(['phone', 'ata', 'card']),
  serial: z.string(),
  goods: z.string(),
  /** Whose make it is, as provisioning names them. */
  vendor: z.string().nullable().default(null),
});

/** A piece came back: it is nobody's. */
export const terminalReturned = z.object({ serial: z.string() });
