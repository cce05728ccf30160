import { failure } from '../../kernel/result.js';

/** One answer for a code that never was, is used, expired or cancelled: a guesser learns nothing. */
export const voucherUnknown = () =>
  failure('voucher.unknown', 'there is no such voucher, or it was used or has expired', {
    hint: 'check the code; letters and digits count, dashes do not',
  });
export const tooManyVouchers = () =>
  failure('voucher.too-many', 'too many wrong voucher codes', { hint: 'wait an hour', retry: 'safe' });
export const batchUnknown = (id: string) =>
  failure('voucher-batch.unknown', `there is no batch ${id}`, { hint: 'check its id' });
export const noPort = () =>
  failure('top-up.unavailable', 'no payment provider is set up', {
    hint: 'redeem a voucher, or ask the operator to set TOP_UP_PORT',
  });
export const portSilent = (reason: string) =>
  failure('top-up.unavailable', `the payment provider does not answer: ${reason}`, {
    hint: 'try again: nothing was paid',
    retry: 'safe',
  });
export const portRefused = (reason: string) =>
  failure('top-up.refused', `the payment provider refused: ${reason}`, { hint: 'try another amount' });
export const topUpUnknown = () =>
  failure('top-up.unknown', 'there is no such top-up', { hint: 'GET /v1/accounts/:id/top-ups lists them' });
export const notPaid = () =>
  failure('top-up.not-allowed', 'only what was paid can be refunded', { hint: 'look at its state' });
export const refundTooMuch = () =>
  failure('refund.amount.mismatch', 'more than is left of this payment', { hint: 'refund what is left' });
export const refundNotCovered = () =>
  failure('refund.payment-required', 'the account does not have that much any more', {
    hint: 'what was talked away or is held cannot be refunded',
  });
export const signatureInvalid = (reason: string) =>
  failure('payment-event.signature.invalid', `this was not told by the payment provider: ${reason}`, {
    hint: "check the endpoint's secret",
  });
export const eventMalformed = () =>
  failure('payment-event.malformed', 'this event cannot be read', {
    hint: 'send it as the provider signed it',
  });
export const testPaymentUnknown = () =>
  failure('test-payment.unknown', 'there is no such test payment', {
    hint: 'begin a top-up with the test provider',
  });
