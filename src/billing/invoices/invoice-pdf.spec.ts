import { describe, expect, it } from '@jest/globals';
import { currency, money } from '../../kernel/money.js';
import type { InvoiceDocument } from '../domain/invoice/document.js';
import type { InvoiceLine } from './invoice-lines.service.js';
import { invoicePdf } from './invoice-pdf.js';

const USD = currency('USD');
const party = { name: 'Name', street: 'Street 1', city: 'City', postcode: '1', country: 'KR', taxId: null };
const document: InvoiceDocument = {
  kind: 'invoice',
  number: 'KR-000001',
  issuedOn: '2026-11-01',
  dueOn: null,
  days: { from: '2026-10-01', to: '2026-11-01' },
  language: 'ja',
  terms: 'prepaid',
  taxIncluded: true,
  seller: { ...party, iban: null },
  buyer: party,
  tax: { category: 'S', country: 'KR', ppm: 100_000, name: 'VAT', note: null },
  lines: money(1_100_000n, USD),
  net: money(1_000_000n, USD),
  taxAmount: money(100_000n, USD),
  gross: money(1_100_000n, USD),
  groups: [{ kind: 'call', about: 'on-net', count: 2, billedMs: 60_000, amount: money(1_100_000n, USD) }],
  payments: [
    { kind: 'top-up', occurredAt: new Date('2026-10-05T00:00:00Z'), amount: money(5_000_000n, USD) },
  ],
  corrects: null,
  reason: null,
};
const line: InvoiceLine = {
  line: 1,
  kind: 'call',
  memberId: null,
  callId: null,
  startedAt: new Date('2026-10-05T00:00:00Z'),
  called: '+821012345678',
  about: 'Korea',
  from: null,
  to: null,
  durationMs: 30_000,
  billedMs: 30_000,
  amount: '0.03',
  credited: false,
};

async function bytesOf(lines: AsyncIterable<readonly InvoiceLine[]>, of = document): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of invoicePdf(of, lines)) pieces.push(piece);
  return Buffer.concat(pieces);
}
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;

describe('an invoice as PDF', () => {
  it('is the same file whenever it is written', async () => {
    const some = async function* () {
      yield [line];
    };
    const [first, second] = [await bytesOf(some()), await bytesOf(some())];
    expect(first.equals(second)).toBe(true);
    expect(pagesOf(first)).toBe(1);
  });

  it('reads no more lines than it writes: 2,000', async () => {
    let asked = 0;
    const endless = async function* () {
      for (;;) {
        asked += 1;
        yield Array.from({ length: 500 }, () => line);
      }
    };
    const pdf = await bytesOf(endless());
    expect(asked).toBe(5);
    expect(pagesOf(pdf)).toBeGreaterThan(25);
  });

  it('ends with the error of what it reads from', async () => {
    const broken = async function* () {
      yield [line];
      throw new Error('connection lost');
    };
    await expect(bytesOf(broken())).rejects.toThrow('connection lost');
  });
});
