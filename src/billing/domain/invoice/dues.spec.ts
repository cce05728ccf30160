import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duesOf, type Payable } from './dues.js';

const invoice = (invoiceId: string, payableMicros: bigint, dueOn: string | null): Payable => ({
  invoiceId,
  payableMicros,
  dueOn,
});
const three = [
  invoice('november', 30n, '2026-12-15'),
  invoice('october', 20n, '2026-11-15'),
  invoice('september', 10n, '2026-10-15'),
];
const TODAY = '2026-11-27';
const said = (owed: bigint) =>
  duesOf(three, owed, TODAY).map(({ openMicros, state }) => `${openMicros} ${state}`);

describe('what of invoices is still to be paid', () => {
  it('stands on the newest: money has paid the oldest first', () => {
    expect(said(60n)).toEqual(['30 open', '20 overdue', '10 overdue']);
    expect(said(45n)).toEqual(['30 open', '15 overdue', '0 paid']);
    expect(said(30n)).toEqual(['30 open', '0 paid', '0 paid']);
    expect(said(1n)).toEqual(['1 part-paid', '0 paid', '0 paid']);
    expect(said(0n)).toEqual(['0 paid', '0 paid', '0 paid']);
  });

  it('is nothing where more was paid than is owed', () => {
    expect(said(-500n)).toEqual(['0 paid', '0 paid', '0 paid']);
  });

  it('is due through the whole day that it names', () => {
    expect(duesOf([invoice('a', 1n, TODAY)], 1n, TODAY)[0]?.state).toBe('open');
    expect(duesOf([invoice('a', 1n, null)], 1n, TODAY)[0]?.state).toBe('open');
  });

  it('adds up to what is owed, as far as there are invoices for it', () => {
    const amounts = fc.array(fc.bigInt({ min: -5n, max: 1_000n }), { maxLength: 30 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: -100n, max: 20_000n }), (payables, owed) => {
        const dues = duesOf(
          payables.map((micros, at) => invoice(`${at}`, micros, null)),
          owed,
          TODAY,
        );
        const positive = payables.reduce((sum, micros) => sum + (micros > 0n ? micros : 0n), 0n);
        const asked = owed > 0n ? owed : 0n;
        expect(dues.reduce((sum, { openMicros }) => sum + openMicros, 0n)).toBe(
          asked < positive ? asked : positive,
        );
      }),
    );
  });
});
