/**
 * What Stripe sends, in the shapes of its public API reference (https://docs.stripe.com/api/checkout/sessions/object,
 * …/refunds/object, …/events/object; API version 2025-05-28.basil). Fields that we don't read are there on purpose.
 */
export const session = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 'cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4WRmzW0zWJO2znZKdVujZ0N0S22u',
  object: 'checkout.session',
  adaptive_pricing: { enabled: true },
  after_expiration: null,
  allow_promotion_codes: null,
  amount_subtotal: 2000,
  amount_total: 2000,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: 'https://phone.example.com/',
  client_reference_id: null,
  consent: null,
  created: 1751465613,
  currency: 'usd',
  customer: null,
  customer_details: null,
  expires_at: 1751552013,
  livemode: false,
  locale: null,
  metadata: {},
  mode: 'payment',
  payment_intent: null,
  payment_method_types: ['card'],
  payment_status: 'unpaid',
  status: 'open',
  success_url: 'https://phone.example.com/',
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  url: 'https://checkout.stripe.com/c/pay/cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4WRmzW0zWJO2znZKdVujZ0N0S22u',
  ...changes,
});

export const refund = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 're_1Nispe2eZvKYlo2Cd31jOCgZ',
  object: 'refund',
  amount: 1000,
  balance_transaction: 'txn_1Nispe2eZvKYlo2CYezqFhEx',
  charge: 'ch_1NirD82eZvKYlo2CIvbtLWuY',
  created: 1692942318,
  currency: 'usd',
  destination_details: {
    card: { reference: '123456789012', reference_status: 'available', type: 'refund' },
    type: 'card',
  },
  metadata: {},
  payment_intent: 'pi_1GszsK2eZvKYlo2CfhZyoZLp',
  reason: null,
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'succeeded',
  transfer_reversal: null,
  ...changes,
});

/** …/disputes/object */
export const dispute = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 'du_1MtJUT2eZvKYlo2CNaw2HvEv',
  object: 'dispute',
  amount: 2000,
  balance_transactions: [],
  charge: 'ch_1AZtxr2eZvKYlo2CJDX8whov',
  created: 1680651737,
  currency: 'usd',
  evidence: { customer_name: null, uncategorized_text: null },
  evidence_details: { due_by: 1682294399, has_evidence: false, past_due: false, submission_count: 0 },
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: 'pi_1GszsK2eZvKYlo2CfhZyoZLp',
  reason: 'fraudulent',
  status: 'needs_response',
  ...changes,
});

export const event = (type: string, object: unknown) => ({
  id: 'evt_1RgRPrEEXQJo9EEOWggvNEHe',
  object: 'event',
  api_version: '2025-05-28.basil',
  created: 1751465619,
  data: { object },
  livemode: false,
  pending_webhooks: 2,
  request: { id: null, idempotency_key: null },
  type,
});

export const error = (type: string, message: string) => ({
  error: {
    message,
    type,
    doc_url: 'https://stripe.com/docs/error-codes',
    param: 'amount',
    request_log_url: 'https://dashboard.stripe.com/',
  },
});
