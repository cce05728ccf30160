import { failure } from '../../kernel/result.js';

export const agreementUnknown = (carrierId: string) =>
  failure('agreement.unknown', `there is no agreement with ${carrierId}`, {
    hint: 'note the agreement first',
  });
export const ibanInvalid = () =>
  failure('agreement.iban.invalid', 'an IBAN is wrong: its check digits do not fit', {
    hint: 'check it against the contract',
  });
export const settlementUnknown = () =>
  failure('settlement.unknown', 'there is no such settlement', {
    hint: 'GET /v1/settlements?carrierId= lists them',
  });
export const periodTaken = () =>
  failure('settlement.period.taken', 'this carrier has a settlement that overlaps this period', {
    hint: 'periods of one carrier follow each other without overlap',
  });
export const stateNotAllowed = (state: string) =>
  failure('settlement.not-allowed', `the settlement is ${state}`, {
    hint: 'see its state: this step is not next',
  });
export const statementTaken = () =>
  failure('statement.taken', 'this very file was imported for this carrier before', {
    hint: 'ask the carrier for the right file',
  });
export const importSuperseded = () =>
  failure('statement.superseded', 'another import into this settlement began meanwhile', {
    hint: 'wait for the other one',
  });
export const differenceUnknown = () =>
  failure('difference.unknown', 'there is no such difference here', {
    hint: 'GET /v1/settlements/:id/differences lists them',
  });
export const unsettledDifferences = (count: number) =>
  failure('settlement.unsettled', `${count} differences are open or disputed`, {
    hint: 'settle them, or pay the carrier’s total if that is within the agreed tolerance',
  });
export const totalNotWithinTolerance = () =>
  failure('settlement.total-differs', 'the carrier’s total differs by more than the agreed tolerance', {
    hint: 'settle the differences one by one',
  });
export const badLines = (count: number) =>
  failure('settlement.bad-lines', `${count} lines of the statement could not be read`, {
    hint: 'withdraw the statement and import a mended file',
  });
export const samePerson = () =>
  failure('settlement.second-person.forbidden', 'whoever opened a settlement does not approve it', {
    hint: 'ask a colleague',
  });
export const orderUnknown = () =>
  failure('payment-order.unknown', 'this settlement has no payment order', {
    hint: 'it is made when the settlement is approved',
  });
export const orderNotAllowed = (state: string) =>
  failure('payment-order.not-allowed', `the payment is ${state}`, { hint: 'read it again' });
