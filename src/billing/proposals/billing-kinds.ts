import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { Proposals } from '../../infra/http/proposals/proposals.service.js';
import { parseMoney } from '../../kernel/money.js';
import { ok } from '../../kernel/result.js';
import { setLimits } from '../accounts.service.js';
import { scheduleVersion } from '../deck-versions.service.js';
import { bookPayment } from '../payments.service.js';
import { advanceRefund, askRefund } from '../top-ups/refunds.service.js';
import { TOP_UP_PORT, type TopUpPort } from '../top-ups/top-up-port.js';

export const DECK_IN_FORCE = 'rate-deck.schedule';
export const REFUND = 'top-up.refund';
export const CREDIT_LIMIT = 'account.credit-limit';
export const PAYMENT_BOOKED = 'account.payment';

const storedMoney = z
  .object({ amount: z.string(), currency: z.string() })
  .transform(({ amount, currency }) => {
    const parsed = parseMoney(amount, currency);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    return parsed.value;
  });
const deckWish = z.object({ versionId: z.uuid(), activeFrom: z.coerce.date(), acceptBadRows: z.int() });
const refundWish = z.object({ topUpId: z.uuid(), amount: storedMoney });
const paymentWish = z.object({
  account: z.string().transform(BigInt),
  money: storedMoney,
  bank: z.string(),
  reference: z.string(),
});

const creditWish = z.object({
  account: z.string().transform(BigInt),
  creditLimitMicros: z.string().transform(BigInt),
  dailyCapMicros: z.string().transform(BigInt).nullable(),
});

/** What billing has two persons decide. */
@Injectable()
export class BillingProposalKinds {
  constructor(proposals: Proposals, db: Db, @Inject(TOP_UP_PORT) port: TopUpPort | undefined) {
    proposals.register({
      kind: DECK_IN_FORCE,
      carryOut: (tx, wish, { proposedBy }) =>
        scheduleVersion(tx, { ...deckWish.parse(wish), scheduledBy: proposedBy }),
    });
    proposals.register({
      kind: REFUND,
      carryOut: (tx, wish, { proposedBy }) =>
        askRefund(tx, { ...refundWish.parse(wish), askedBy: proposedBy }),
      afterwards: async (refund) => {
        if (port !== undefined) await advanceRefund(db.inTx.bind(db), db, port, z.uuid().parse(refund));
      },
    });
    proposals.register({
      kind: CREDIT_LIMIT,
      carryOut: async (tx, wish) => {
        const { account, creditLimitMicros, dailyCapMicros } = creditWish.parse(wish);
        await setLimits(tx, account, { creditLimitMicros, dailyCapMicros: dailyCapMicros ?? undefined });
        return ok(undefined);
      },
    });
    proposals.register({
      kind: PAYMENT_BOOKED,
      carryOut: (tx, wish) => {
        const { account, ...payment } = paymentWish.parse(wish);
        return bookPayment(tx, account, { ...payment, at: new Date() });
      },
    });
  }
}
