import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Proposals } from '../../infra/http/proposals/proposals.service.js';
import { ok } from '../../kernel/result.js';
import { refundOrder } from './giving-back.service.js';
import { RefundTeller } from './refund-teller.js';

export const ORDER_REFUND = 'shop.refund';

const refundWish = z.object({ orderId: z.uuid(), reason: z.string() });

/** The money of an order goes back by two persons where it is much. */
@Injectable()
export class RefundProposals {
  constructor(proposals: Proposals, teller: RefundTeller) {
    proposals.register({
      kind: ORDER_REFUND,
      carryOut: async (tx, wish, { proposedBy: by }) => {
        const { orderId, reason } = refundWish.parse(wish);
        const order = await refundOrder(tx, orderId, { by, reason });
        return order.ok ? ok(order.value.id) : order;
      },
      afterwards: (order) => teller.tellOfOrder(z.uuid().parse(order)),
    });
  }
}
