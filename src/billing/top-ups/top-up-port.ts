import type { Money } from '../../kernel/money.js';
import type { Failure, Result } from '../../kernel/result.js';
import type { DisputeEvent } from '../domain/dispute-states.js';

/** A payment by which somebody fills an account up, as a provider must be told of it. */
export interface TopUpOrder {
  /** The same whenever this order is told of. */
  readonly key: string;
  readonly amount: Money;
  readonly about: string;
  /** Where the provider sends the payer back to, paid or not. */
  readonly returnUrl: string;
}
export interface RefundOrder {
  readonly key: string;
  /** The provider's id of what is refunded: `payment` of the event that told of it. */
  readonly payment: string;
  readonly amount: Money;
}

/** `unknown`: no answer came. An order and a refund have their key: telling again is safe. */
export type Begun =
  | { readonly kind: 'redirect'; readonly reference: string; readonly url: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };
export type Refunding =
  | { readonly kind: 'done'; readonly providerId: string }
  /** Its outcome comes as an event. */
  | { readonly kind: 'under-way'; readonly providerId: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a provider tells, or says when asked. `key` is our order's, `payment` the provider's id of the money that came. */
export type PaymentFact =
  | {
      readonly kind: 'paid';
      readonly key: string;
      readonly payment: string;
      readonly amount: Money;
      readonly at: Date;
    }
  | { readonly kind: 'failed' | 'expired'; readonly key: string; readonly reason: string }
  | RefundFact
  | DisputeFact;
/** `key`: our refund's, when we asked for it; null when somebody refunded at the provider. */
export interface RefundFact {
  readonly kind: 'refunded' | 'refund-failed';
  readonly payment: string;
  readonly providerId: string;
  readonly key: string | null;
  readonly amount: Money;
  readonly at: Date;
}
/** The payer contests a payment at his bank. `providerId`: the dispute's; `asked`: a question only, nothing was taken back. */
export interface DisputeFact {
  readonly kind: 'disputed';
  readonly became: DisputeEvent;
  readonly payment: string;
  readonly providerId: string;
  readonly amount: Money;
  readonly at: Date;
}
/** `fact` undefined: something that is none of our business. */
export interface ToldEvent {
  readonly eventId: string;
  readonly kind: string;
  readonly fact: PaymentFact | undefined;
}

/** A payment provider. Called without an open transaction; must not throw for what can be expected of a network. */
export interface TopUpPort {
  readonly name: string;
  begin(order: TopUpOrder): Promise<Begun>;
  refund(order: RefundOrder): Promise<Refunding>;
  /** What became of a payment: a webhook may be lost. Undefined: nothing yet, or no answer. */
  look(reference: string): Promise<PaymentFact | undefined>;
  /** Checks the signature over the body as it came, and reads it. */
  read(
    body: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
    now: Date,
  ): Result<ToldEvent, Failure>;
}

/** Nest injection token of the `TopUpPort`, or undefined where none is set up. */
export const TOP_UP_PORT = Symbol('TOP_UP_PORT');
