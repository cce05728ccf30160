import { type Failure, failure } from '../kernel/result.js';

export type DeckFailure = Failure<
  | 'deck.unknown'
  | 'deck.exists'
  | 'deck-version.unknown'
  | 'deck-version.incomplete'
  | 'deck-version.has-bad-rows'
  | 'deck-version.scheduled'
  | 'deck-version.in-force'
  | 'deck-version.time.taken'
>;

export const deckUnknown = (id: string) =>
  failure('deck.unknown', `there is no rate deck ${id}`, { hint: 'GET /v1/rate-decks lists them' });
export const deckExists = (id: string) =>
  failure('deck.exists', `there is a rate deck ${id} already`, {
    hint: 'import a new version into it, or choose another id',
  });
export const versionUnknown = (id: string) =>
  failure('deck-version.unknown', `there is no deck version ${id}`, {
    hint: 'GET /v1/rate-decks/:id/versions lists them',
  });
export const versionIncomplete = () =>
  failure('deck-version.incomplete', 'the import of this version has not come to its end', {
    hint: 'import the file again: an import that broke off is never put in force',
  });
export const versionHasBadRows = (bad: number) =>
  failure('deck-version.has-bad-rows', `${bad} rows of this version could not be read`, {
    hint: `mend them and import again, or schedule with acceptBadRows: ${bad}`,
  });
export const versionScheduled = () =>
  failure('deck-version.scheduled', 'this version is scheduled already', {
    hint: 'take it back first, or import a new version',
  });
export const versionInForce = () =>
  failure('deck-version.in-force', 'this version is or was in force: calls were rated by it', {
    hint: 'schedule another version; re-rating posts the difference',
  });
export const timeTaken = () =>
  failure('deck-version.time.taken', 'another version of this deck begins at exactly that time', {
    hint: 'choose another time',
  });

export type AccountFailure = Failure<'account.unknown' | 'account.currency-mismatch' | 'payment.taken'>;

export const accountUnknown = () =>
  failure('account.unknown', 'there is no such account', {
    hint: 'GET /v1/accounts lists those that you may see',
  });
export const currencyMismatch = (currency: string) =>
  failure('account.currency-mismatch', `this account is kept in ${currency}`, {
    hint: `book the amount in ${currency}, or convert it at a dated rate first`,
  });

export const paymentTaken = () =>
  failure('payment.taken', 'this payment was booked before, with another amount or for another account', {
    hint: 'check the reference; to correct a booking, post the opposite',
  });

export const reRatingUnknown = (id: string) =>
  failure('re-rating.unknown', `there is no re-rating ${id}`, { hint: 'check its id' });

export const exchangeRateTaken = () =>
  failure('exchange-rate.taken', 'that day has a rate for these currencies already', {
    hint: 'rates are never changed: calls were charged by them',
  });

export const payerUnknown = () =>
  failure('payer.unknown', 'nobody is known who pays for the calls of this member', {
    hint: 'PUT /v1/payers/:memberId says who does; name another member with memberId',
  });
