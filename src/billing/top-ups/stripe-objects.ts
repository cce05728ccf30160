import { z } from 'zod';

/** What we read of Stripe's objects (https://docs.stripe.com/api, version 2025-05-28.basil); all else may come and change. */
const currency = z.string().regex(/^[a-z]{3}$/);
const id = z.string().min(1).max(200);

export const checkoutSession = z.object({
  id,
  object: z.literal('checkout.session'),
  amount_total: z.number().int().nullable(),
  client_reference_id: z.string().max(200).nullable(),
  created: z.number().int(),
  currency: currency.nullable(),
  payment_intent: id.nullable(),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  status: z.enum(['open', 'complete', 'expired']).nullable(),
  url: z.string().nullish(),
});
export type CheckoutSession = z.output<typeof checkoutSession>;

export const refund = z.object({
  id,
  object: z.literal('refund'),
  amount: z.number().int(),
  created: z.number().int(),
  currency,
  metadata: z.record(z.string(), z.string()).nullish(),
  payment_intent: id.nullable(),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']).nullable(),
});
export type StripeRefund = z.output<typeof refund>;

export const dispute = z.object({
  id,
  object: z.literal('dispute'),
  amount: z.number().int(),
  currency,
  payment_intent: id.nullish(),
  status: z.enum([
    'warning_needs_response',
    'warning_under_review',
    'warning_closed',
    'needs_response',
    'under_review',
    'won',
    'lost',
    'prevented',
  ]),
});
export type StripeDispute = z.output<typeof dispute>;

export const stripeEvent = z.object({
  id,
  object: z.literal('event'),
  type: z.string().max(100),
  created: z.number().int(),
  data: z.object({ object: z.unknown() }),
});
export const stripeError = z.object({
  error: z.object({ message: z.string().nullish(), code: z.string().nullish(), type: z.string() }),
});
