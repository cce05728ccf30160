import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currency } from '../../kernel/money.js';
import { deckHeader, readDeckHeader, readDeckRow, writeDeckRow } from './deck-csv.js';

const USD = currency('USD');
function read(header: string, row: string, periods: readonly string[] = []) {
  const columns = readDeckHeader(header.split(','), periods);
  if (!columns.ok) throw new Error(columns.failure.message);
  return readDeckRow(row.split(','), columns.value, USD);
}

describe('a deck’s CSV header', () => {
  it('may have its columns in any order, and leave out all but prefix and per_minute', () => {
    expect(read('per_minute,prefix', '0.0125,+8210')).toMatchObject({
      ok: true,
      value: { prefix: '8210', perMinute: 12_500n, firstS: 1, nextS: 1, connectFee: 0n, validTo: undefined },
    });
  });

  it('may use other names if they are mapped, and leave columns out on purpose', () => {
    const mapping = { 'Dial Code': 'prefix', RATE: 'per_minute', comment: '' };
    const columns = readDeckHeader(['dial code', ' Rate ', 'Comment'], [], mapping);
    expect(columns.ok && readDeckRow(['82', '1', 'x'], columns.value, USD)).toMatchObject({
      value: { prefix: '82', perMinute: 1_000_000n },
    });
  });

  it.each([
    ['deck-file.column-missing', 'prefix,destination'],
    ['deck-file.column-unknown', 'prefix,per_minute,per_minutes'],
    ['deck-file.column-unknown', 'prefix,per_minute,per_minute@weekend'],
    ['deck-file.column-twice', 'prefix,per_minute,prefix'],
  ])('is refused with %s: %s', (code, header) => {
    expect(readDeckHeader(header.split(','), ['offpeak'])).toMatchObject({ ok: false, failure: { code } });
  });
});

describe('a deck’s CSV row', () => {
  it.each([
    ['prefix', '82x,0.01,'],
    ['prefix', '1234567890123456,0.01,'],
    ['per_minute', '82,-0.01,'],
    ['per_minute', '82,0.0000001,'],
    ['per_minute', '82,,'],
    ['per_minute', '82,1e3,'],
    ['first', '82,1,0'],
    ['first', '82,1,1.5'],
    ['', '82,1'],
  ])('is bad in %s: %s', (field, row) => {
    expect(read('prefix,per_minute,first', row)).toMatchObject({ ok: false, failure: { field } });
  });

  it.each([
    ['valid_from', '82,1,2026-02-30,'],
    ['valid_from', '82,1,01.12.2026,'],
    ['valid_from', '82,1,2026-12-01T00:00:00,'],
    ['valid_to', '82,1,2026-12-02,2026-12-01'],
  ])('needs days and times without doubt: %s of %s', (field, row) => {
    expect(read('prefix,per_minute,valid_from,valid_to', row)).toMatchObject({
      ok: false,
      failure: { field },
    });
  });

  it('takes a day as its midnight in UTC and a time in its own zone', () => {
    expect(
      read('prefix,per_minute,valid_from,valid_to', '82,1,2026-12-01,2026-12-31T23:00:00+09:00'),
    ).toMatchObject({
      value: { validFrom: new Date('2026-12-01T00:00:00Z'), validTo: new Date('2026-12-31T14:00:00Z') },
    });
  });

  it('has a price for a period only where one stands', () => {
    expect(read('prefix,per_minute,per_minute@night', '82,1,', ['night', 'weekend'])).toMatchObject({
      value: { perPeriod: [undefined, undefined] },
    });
    expect(read('prefix,per_minute,per_minute@night', '82,1,0.5', ['night', 'weekend'])).toMatchObject({
      value: { perPeriod: [500_000n, undefined] },
    });
  });

  it('is read back as it was written', () => {
    const price = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const time = fc.option(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      { nil: undefined },
    );
    const row = fc.record({
      prefix: fc.stringMatching(/^[0-9]{0,15}$/),
      destination: fc.stringMatching(/^[A-Za-z]{0,20}$/),
      connectFee: price,
      perMinute: price,
      perPeriod: fc.tuple(fc.option(price, { nil: undefined })),
      firstS: fc.integer({ min: 1, max: 3600 }),
      nextS: fc.integer({ min: 1, max: 3600 }),
      minimumS: fc.integer({ min: 0, max: 3600 }),
      freeS: fc.integer({ min: 0, max: 86400 }),
      validFrom: time,
      validTo: fc.constant(undefined),
    });
    fc.assert(
      fc.property(row, (written) => {
        const columns = readDeckHeader(deckHeader(['night']), ['night']);
        expect(columns.ok && readDeckRow(writeDeckRow(written, USD), columns.value, USD)).toEqual({
          ok: true,
          value: written,
        });
      }),
    );
  });
});
