import { describe, expect, it } from '@jest/globals';
import { currency, money } from '../../../kernel/money.js';
import { readIban } from './iban.js';
import { type BankFile, pain001 } from './pain-001.js';

const file = (micros: bigint, code = 'EUR', name = 'KT Corp'): BankFile => ({
  messageId: 'anydial-1',
  createdAt: new Date('2026-12-01T09:00:00Z'),
  executeOn: '2026-12-15',
  debtorName: 'Anydial',
  debtorIban: 'DE89370400440532013000',
  transfer: {
    endToEndId: 'e2e-1',
    amount: money(micros, currency(code)),
    creditorName: name,
    creditorIban: 'GB82WEST12345698765432',
    about: 'November 2026',
  },
});

describe('the bank file', () => {
  it('says amount, parties and day once each, in the order of the schema', () => {
    const text = pain001(file(1_234_560_000n));
    expect(text).toContain('<InstdAmt Ccy="EUR">1234.56</InstdAmt>');
    expect(text.match(/<CtrlSum>1234\.56<\/CtrlSum>/g)).toHaveLength(2);
    const order = [
      '<GrpHdr>',
      '<PmtInf>',
      '<ReqdExctnDt>',
      '<DbtrAcct>',
      '<CdtTrfTxInf>',
      '<CdtrAcct>',
      '<RmtInf>',
    ];
    const places = order.map((tag) => text.indexOf(tag));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
  });

  it('writes amounts with the decimals of their currency and refuses what no bank can pay', () => {
    expect(pain001(file(5_000_000n, 'KRW'))).toContain('Ccy="KRW">5<');
    expect(pain001(file(10_000n))).toContain('>0.01<');
    expect(() => pain001(file(5_000n))).toThrow('can be paid');
    expect(() => pain001(file(0n))).toThrow('can be paid');
    expect(() => pain001(file(-10_000n))).toThrow('can be paid');
  });

  it('lets no name break out of its element', () => {
    expect(pain001(file(10_000n, 'EUR', 'Téléphonie <b>&"Söhne" 한국'))).toContain(
      '<Cdtr><Nm>Telephonie &lt;b&gt;&amp;"Sohne" ',
    );
  });
});

describe('an IBAN', () => {
  it('is taken with blanks and small letters, and only with right check digits', () => {
    expect(readIban('gb82 west 1234 5698 7654 32')).toBe('GB82WEST12345698765432');
    expect(readIban('GB82WEST12345698765433')).toBeUndefined();
    expect(readIban('1234')).toBeUndefined();
  });
});
