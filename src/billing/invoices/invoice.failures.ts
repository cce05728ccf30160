import { failure } from '../../kernel/result.js';

export const sellerUnknown = (id: string) =>
  failure('seller.unknown', `there is no seller ${id}`, { hint: 'GET /v1/sellers lists them' });
export const seriesTaken = () =>
  failure('invoice-series.taken', 'another seller numbers its documents with that prefix', {
    hint: 'choose other prefixes: a number names one document in the world',
  });
export const seriesBegun = () =>
  failure('invoice-series.not-allowed', 'the prefix of a series that has documents stays', {
    hint: 'begin a new seller for new prefixes',
  });
export const partyUnknown = () =>
  failure('invoice-party.unknown', 'nobody says how this account is invoiced', {
    hint: 'PUT /v1/accounts/:id/invoice-party first',
  });
export const prepaidWithoutTax = () =>
  failure('invoice-party.prepaid.mismatch', 'prepaid money is spent at prices that contain the tax', {
    hint: 'set taxIncluded, or terms postpaid',
  });
export const taxRuleTaken = () =>
  failure('tax-rule.taken', 'there is a rule for these parties from that day already', {
    hint: 'rules are never changed: enter one with a later day',
  });
export const taxRateTaken = () =>
  failure('tax-rate.taken', 'that country has a rate from that day already', {
    hint: 'rates are never changed: enter one with a later day',
  });
export const runTaken = () =>
  failure('invoice-run.taken', 'that month was run for this seller already', {
    hint: 'late calls stand on the next invoice; blocked accounts go on with POST …/retry',
  });
export const runTooEarly = () =>
  failure('invoice-run.not-allowed', 'that month has not ended yet', {
    hint: 'wait for its last day to end',
  });
export const runUnknown = (id: string) =>
  failure('invoice-run.unknown', `there is no invoice run ${id}`, { hint: 'check its id' });
export const invoiceUnknown = () =>
  failure('invoice.unknown', 'there is no such invoice', {
    hint: 'GET /v1/invoices lists those that you may see',
  });
export const creditsCreditNote = () =>
  failure('credit-note.not-allowed', 'a credit note cannot be credited', {
    hint: 'credit the invoice it corrects',
  });
export const lineTaken = () =>
  failure('credit-note.line.taken', 'a line of these was credited before, or is not on this invoice', {
    hint: 'GET …/lines shows which lines are credited',
  });
export const nothingToCredit = () =>
  failure('credit-note.nothing.taken', 'every line of this invoice was credited before', {
    hint: 'GET /v1/invoices/:id tells its credit notes',
  });
export const subscriptionUnknown = () =>
  failure('subscription.unknown', 'there is no such subscription', { hint: 'read the list of the account' });
export const subscriptionEnds = () =>
  failure('subscription.not-allowed', 'that end lies before what was charged, or it ended before', {
    hint: 'credit what was charged too much with a credit note',
  });
