import { failure } from '../kernel/result.js';

export const productUnknown = (id: string) =>
  failure('product.unknown', `There is no product ${id.slice(0, 40)}.`, {
    hint: 'GET /v1/shop/catalogue lists what is sold',
  });
export const priceUnknown = () =>
  failure('product.not-allowed', 'This product has no price for such a number or so many countries.', {
    hint: 'choose another number, or ask the operator',
  });
export const numberMalformed = (why: string) =>
  failure('number.malformed', `This is no number of that product: ${why}.`, {
    hint: 'GET /v1/shop/numbers/availability says what is wrong and what is near',
  });
export const numberTaken = () =>
  failure('number.taken', 'This number is not available.', {
    hint: 'GET /v1/shop/numbers/availability tells near alternatives',
  });
export const numberRefused = (why: string) =>
  failure('number.not-allowed', `This number cannot be sold: ${why}.`, {
    hint: 'GET /v1/shop/numbers/availability tells near alternatives',
  });
export const countryUnknown = (country: string) =>
  failure('country.mismatch', `Nothing is sold in ${country}.`, {
    hint: 'GET /v1/shop/catalogue lists the countries',
  });
export const orderUnknown = () =>
  failure('order.unknown', 'There is no such order.', { hint: 'GET /v1/orders lists yours' });
export const tooManyHolds = (most: number) =>
  failure('order.too-many', `This account has ${most} orders that hold something and are not paid.`, {
    hint: 'pay or cancel one of them first',
  });
export const tooManyQuotes = (most: number) =>
  failure('order.too-many', `This account has ${most} offers that wait.`, {
    hint: 'go on with one of them, cancel some, or wait until they expire',
  });
export const orderGone = () =>
  failure('order.gone', 'This order has expired.', { hint: 'order again: the price may be another one' });
export const orderNotNow = (state: string, what: string) =>
  failure('order.not-allowed', `An order that is ${state} cannot be ${what}.`, {
    hint: 'GET the order: "next" says what can be done',
  });
export const notACompany = () =>
  failure('order.forbidden', "Only a company's administrator buys a number for it.", {
    hint: 'ask your administrator, or use an account of your own',
  });
export const walletTooLow = (missing: string) =>
  failure('wallet.payment-required', `The wallet is short of ${missing}.`, {
    hint: 'redeem a voucher, fill the wallet up, or pay directly',
  });
export const paidAlready = () =>
  failure('order.paid.exists', 'This order is paid already.', { hint: 'GET the order' });
export const contractUnknown = () =>
  failure('contract.unknown', 'There is no such number of yours.', {
    hint: 'GET /v1/number-contracts lists yours',
  });
export const contractNotNow = (state: string, what: string) =>
  failure('contract.not-allowed', `A number that is ${state} cannot be ${what}.`, {
    hint: 'GET /v1/number-contracts shows its state',
  });
export const transferUnknown = () =>
  failure('transfer.unknown', 'There is no such offer.', {
    hint: 'it may be over: ask who offered it to offer it again',
  });
export const transferExists = () =>
  failure('transfer.exists', 'This number is offered to somebody already.', {
    hint: 'take that offer back first',
  });
export const notProved = () =>
  failure('telephone.not-allowed', 'It is not proved that this telephone is yours.', {
    hint: 'prove it first: POST /v1/proofs',
  });
export const goodsUnknown = (id: string) =>
  failure('goods.unknown', `There is no ${id.slice(0, 40)} in that country.`, {
    hint: 'GET /v1/shop/goods lists what there is',
  });
export const soldOut = (id: string) =>
  failure('goods.taken', `There are not so many of ${id} left.`, { hint: 'take fewer, or look again later' });
export const serialMismatch = (serial: string) =>
  failure('serial.mismatch', `${serial} is no piece of this order that is in stock.`, {
    hint: 'scan the pieces that belong to the order, one for each',
  });
