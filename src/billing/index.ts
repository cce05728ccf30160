/** What other modules may use of billing. */

export { type AccountName, accountId, type Standing, setLimits, standingOf } from './accounts.service.js';
export { BillingModule } from './billing.module.js';
export { type CallCost, costsOfCalls } from './call-costs.js';
export { addRates, beginVersion, completeVersion, scheduleVersion } from './deck-versions.service.js';
export { createDeck } from './decks.service.js';
export { affordable, LONGEST_TALK_MS } from './domain/affordable.js';
export type { UnratedBecause } from './domain/assessment.js';
export type { GuardedKind } from './domain/barring.js';
export { type CallEnded, callEnded } from './domain/call-ended.js';
export type { DeckRow } from './domain/deck-row.js';
export { hasTaxId, type TaxIdChecked } from './domain/invoice/tax-id.js';
export { takesTwo } from './domain/one-person-limits.js';
export { type Rating, rate, type Talk } from './domain/rating.js';
export { SLICE_MS, type SliceWish, sliceAfter } from './domain/slice.js';
export { conversionsFor } from './exchange-rates.service.js';
export {
  closeHolds,
  extendHold,
  type HoldWish,
  holdOwnMoney,
  openHold,
  ownMoneyCovers,
} from './holds.service.js';
export {
  addTaxRate,
  addTaxRule,
  findInvoiceParty,
  type InvoiceParty,
  setInvoiceParty,
  setSeller,
} from './invoices/invoice-parties.service.js';
export { type Column, LEFT, PdfPage, RIGHT } from './invoices/pdf-page.js';
export {
  addSubscription,
  endSubscription,
  type NewSubscription,
} from './invoices/subscriptions.service.js';
export { type TaxedSale, taxOfSale } from './invoices/tax-of-sale.js';
export {
  credit,
  debit,
  type Entry,
  type Posting,
  PostingKeyTaken,
  type PostingKind,
  post,
} from './ledger.service.js';
export { type MemberMoney, moneyOfMember } from './member-money.service.js';
export { payersOf, setCarrier, setPayer } from './parties.service.js';
export { bookPayment, type Payment } from './payments.service.js';
export { priceFor, pricesOf, type RunningDeck, runningDeck } from './price-list.service.js';
export { type PriceNow, priceNow } from './price-now.js';
export { TariffModule } from './tariff.module.js';
export { type CallTariff, TariffDesk } from './tariff-desk.service.js';
export { TaxIds } from './tax-ids/tax-ids.service.js';
export { advanceRefund, askRefund } from './top-ups/refunds.service.js';
export { TOP_UP_PORT, type TopUpPort } from './top-ups/top-up-port.js';
export {
  findTopUp,
  noteTopUp,
  type TopUp,
  tellOfTopUp,
} from './top-ups/top-ups.service.js';
