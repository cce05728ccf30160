import { describe, expect, it } from '@jest/globals';
import { currency } from '../../../kernel/money.js';
import { readStatementHeader, readStatementRow } from './statement-row.js';

const terms = { currency: currency('USD'), timeZone: 'America/New_York' };
function read(changes: Partial<Record<'number' | 'at' | 'duration' | 'amount', string>>) {
  const columns = readStatementHeader(['B number', 'Start', 'Sec', 'Cost', 'note'], {
    'b NUMBER': 'number',
    start: 'answered_at',
    sec: 'duration',
    cost: 'amount',
  });
  if (!columns.ok) throw new Error(columns.failure.message);
  const row = {
    number: '+82 2-6200-6200',
    at: '2026-11-23 07:00:00',
    duration: '63',
    amount: '0.0125',
    ...changes,
  };
  return readStatementRow([row.number, row.at, row.duration, row.amount, 'x'], columns.value, terms, 7);
}

describe('a carrier’s statement', () => {
  it('is read by the agreement’s column names, zone and currency', () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        id: '7',
        number: '82262006200',
        at: Date.parse('2026-11-23T12:00:00Z'),
        durationMs: 63_000,
        micros: 12_500n,
      },
    });
  });

  it('says which columns are missing', () => {
    expect(readStatementHeader(['number', 'amount'], {})).toMatchObject({
      failure: {
        code: 'statement.column-missing',
        message: expect.stringContaining('answered_at, duration'),
      },
    });
  });

  it.each([
    ['2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z'],
    ['2026-11-23 21:00:00+09:00', '2026-11-23T12:00:00Z'],
    ['2026-07-01 08:00:00.250', '2026-07-01T12:00:00.250Z'],
    ['2026-11-01 01:30:00', '2026-11-01T05:30:00Z'], // repeated: the first
    ['2026-11-01 00:59:59', '2026-11-01T04:59:59Z'],
    ['2026-11-01 02:00:00', '2026-11-01T07:00:00Z'],
    ['2026-03-08 03:00:00', '2026-03-08T07:00:00Z'],
    ['2026-03-08 01:59:59', '2026-03-08T06:59:59Z'],
  ])('reads the time %s', (at, iso) => {
    expect(read({ at })).toMatchObject({ value: { at: Date.parse(iso) } });
  });

  it.each([
    ['0:01:03', 63_000],
    ['1:03', 63_000],
    ['62.5', 62_500],
    ['100:00:00', 360_000_000],
  ])('reads the duration %s', (duration, ms) => {
    expect(read({ duration })).toMatchObject({ value: { durationMs: ms } });
  });

  it.each([
    ['number', { number: 'anonymous' }],
    ['number', { number: '0262006200' }],
    ['answered_at', { at: '23.11.2026 07:00' }],
    ['answered_at', { at: '2026-02-30 07:00:00' }],
    ['duration', { duration: '-1' }],
    ['duration', { duration: '1:99' }],
    ['amount', { amount: '-0.01' }],
    ['amount', { amount: '1,25' }],
  ])('has a bad %s: %j', (field, changes) => {
    expect(read(changes)).toMatchObject({ ok: false, failure: { field } });
  });
});
