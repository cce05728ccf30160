import { chargeCalls } from '../../../src/billing/charging.service.js';
import type { CallEnded } from '../../../src/billing/domain/call-ended.js';
import {
  addTaxRate,
  addTaxRule,
  type InvoiceParty,
  setInvoiceParty,
  setSeller,
} from '../../../src/billing/invoices/invoice-parties.service.js';
import { planRun } from '../../../src/billing/invoices/invoice-runs.service.js';
import { type Billed, billAccount } from '../../../src/billing/invoices/invoicing.service.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { newId } from '../../../src/kernel/ids.js';
import type { Failure, Result } from '../../../src/kernel/result.js';
import { type BillingWorld, billingWorld } from '../billing/billing-world.js';
import { deck, inForce, row } from '../billing/tariffs.js';

export const SEOUL = {
  id: 'korea',
  name: '애니다이얼 주식회사',
  street: '세종대로 110',
  city: '서울',
  postcode: '04524',
  country: 'KR',
  taxId: '104-81-00000',
  iban: null,
  timeZone: 'Asia/Seoul',
  prefixes: { invoice: 'KR-', 'credit-note': 'KR-C-' },
};
export const customer: InvoiceParty = {
  sellerId: 'korea',
  name: '홍길동',
  street: '테헤란로 1',
  city: '서울',
  postcode: '06236',
  country: 'KR',
  taxId: null,
  language: 'ko',
  terms: 'postpaid',
  taxIncluded: false,
  paymentDays: 14,
};

export function must<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

export interface Member {
  readonly memberId: string;
  readonly account: bigint;
}

/** A billing world with a seller in Korea, its taxes, a deck of 0.06 a minute, and verbs for invoices. */
export async function invoiceWorld() {
  const world = await billingWorld();
  await inForce(world, await deck(world, 'retail', 'sale'), '2026-01-01T00:00:00Z', [
    row({ destination: 'Korea, mobile' }),
  ]);
  await world.tx(async (tx) => {
    must(await setSeller(tx, SEOUL));
    must(
      await addTaxRule(tx, {
        sellerCountry: 'KR',
        buyerCountry: 'KR',
        buyerHasTaxId: null,
        validFrom: '2000-01-01',
        treatment: 'seller-rate',
        note: 'domestic',
      }),
    );
    must(await addTaxRate(tx, { country: 'KR', validFrom: '2000-01-01', ppm: 100_000, name: '부가가치세' }));
  });
  return {
    ...world,
    member: (changes: Partial<InvoiceParty> = {}, micros = 0n) => member(world, changes, micros),
    talks: (of: Member, ...talks: readonly Talk[]) => talked(world, of, talks),
    plan: async (day = '2026-10-15') =>
      must(await world.tx((tx) => planRun(tx, { sellerId: 'korea', day, askedBy: 'test' }))),
    bill: (runId: string, account: bigint): Promise<Billed> =>
      world.tx((tx) => billAccount(tx, runId, account)),
    invoices: (account: bigint) =>
      world.sql.rows<InvoiceRow>('SELECT * FROM invoice WHERE account_id = $1 ORDER BY issued_at, number', [
        account,
      ]),
    lines: (account: bigint) =>
      world.sql.rows<LineRow>(
        `SELECT l.* FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id WHERE i.account_id = $1
          ORDER BY i.issued_at, l.line`,
        [account],
      ),
  };
}
export type InvoiceWorld = Awaited<ReturnType<typeof invoiceWorld>>;

export interface InvoiceRow {
  readonly id: string;
  readonly number: string;
  readonly number_text: string;
  readonly lines_micros: string;
  readonly net_micros: string;
  readonly tax_micros: string;
  readonly gross_micros: string;
  readonly from_day: string;
  readonly tax: { readonly category: string; readonly ppm: number };
}
export interface LineRow {
  readonly invoice_id: string;
  readonly line: number;
  readonly kind: string;
  readonly call_id: string | null;
  readonly revision: number | null;
  readonly about: string;
  readonly amount_micros: string;
  readonly from_day: string | null;
}

async function member(world: BillingWorld, changes: Partial<InvoiceParty>, micros: bigint): Promise<Member> {
  const memberId = newId();
  const account = await world.payer(micros);
  await world.tx(async (tx) => {
    await setPayer(tx, memberId, { accountId: account, deckId: 'retail' });
    must(await setInvoiceParty(tx, account, { ...customer, ...changes }));
  });
  return { memberId, account };
}

export interface Talk {
  readonly at: string;
  readonly seconds: number;
}
/** Charges answered calls of that member; returns their ids. */
async function talked(world: BillingWorld, of: Member, talks: readonly Talk[]): Promise<readonly string[]> {
  const calls = talks.map(({ at, seconds }) => call(of.memberId, Date.parse(at), seconds));
  await world.tx((tx) => chargeCalls(tx, calls, new RateBook()));
  return calls.map(({ callId }) => callId);
}

const call = (memberId: string, answeredAt: number, seconds: number): CallEnded => ({
  callId: newId(),
  memberId,
  reading: 'pstn',
  called: '+821012345678',
  onNet: false,
  answeredAt,
  endedAt: answeredAt + seconds * 1_000,
  billable: true,
  legs: [],
});
