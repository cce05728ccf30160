import { type Clock, systemClock } from '../../kernel/clock.js';
import { pain001 } from '../domain/settlement/pain-001.js';
import type { PaymentOrder, PaymentOutcome, PaymentPort } from './payment-port.js';

/**
 * Pays by a bank file: writes an ISO 20022 pain.001 that a person uploads at the bank and then confirms. Nothing leaves by
 * itself, so asking and telling are the same.
 */
export class BankFilePort implements PaymentPort {
  readonly name = 'bank-file';

  constructor(private readonly clock: Clock = systemClock) {}

  async pay(order: PaymentOrder): Promise<PaymentOutcome> {
    const document = pain001({
      messageId: order.key,
      createdAt: this.clock.now(),
      executeOn: order.dueOn,
      debtorName: order.debtor.name,
      debtorIban: order.debtor.iban,
      transfer: {
        endToEndId: order.key,
        amount: order.amount,
        creditorName: order.creditor.name,
        creditorIban: order.creditor.iban,
        about: order.about,
      },
    });
    return { kind: 'accepted', reference: order.key, document };
  }

  look(order: PaymentOrder): Promise<PaymentOutcome> {
    return this.pay(order);
  }
}
