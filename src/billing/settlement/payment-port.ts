import type { Money } from '../../kernel/money.js';
import type { Party } from './agreements.service.js';

/** One payment to a carrier as a bank or payment provider must be told of it. */
export interface PaymentOrder {
  /** At most 35 characters, the same whenever this attempt is told of, another for another attempt. */
  readonly key: string;
  readonly amount: Money;
  readonly debtor: Party;
  readonly creditor: Party;
  readonly about: string;
  /** YYYY-MM-DD */
  readonly dueOn: string;
}

/** `unknown`: no answer came, so it may or may not be under way. It is never told of again, only asked about. */
export type PaymentOutcome =
  | { readonly kind: 'accepted'; readonly reference: string; readonly document?: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A way to pay. Called without an open transaction; must not throw for what can be expected of a network. */
export interface PaymentPort {
  readonly name: string;
  pay(order: PaymentOrder): Promise<PaymentOutcome>;
  /** What became of an order that may have been told of; `unknown` also when it was never heard of there. */
  look(order: PaymentOrder): Promise<PaymentOutcome>;
}

/** Nest injection token of the `PaymentPort`. */
export const PAYMENT_PORT = Symbol('PAYMENT_PORT');
