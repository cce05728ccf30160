import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diffVersion } from '../../../src/billing/deck-diff.service.js';
import { EXPORT_PAGE, exportDeck } from '../../../src/billing/deck-export.service.js';
import {
  type ImportProgress,
  type ImportWish,
  importDeck,
} from '../../../src/billing/deck-import.service.js';
import {
  addRates,
  discardVersion,
  scheduleVersion,
  unscheduleVersion,
} from '../../../src/billing/deck-versions.service.js';
import { rate } from '../../../src/billing/domain/rating.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { badRowsCsv, CsvFile } from '../../../src/kernel/csv-file.js';
import { newId } from '../../../src/kernel/ids.js';
import { type BillingWorld, billingWorld, planOf } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world.remove());

const night = {
  name: 'night',
  timeZone: 'UTC',
  windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '08:00' }],
};
async function* pieces(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const importText = (
  deckId: string,
  text: string | Uint8Array | AsyncIterable<Uint8Array>,
  wish: Partial<ImportWish> = {},
  report?: (progress: ImportProgress) => void,
) =>
  importDeck(
    world.tx,
    { deckId, periods: [], mapping: {}, source: 'deck.csv', createdBy: 'test', ...wish },
    new CsvFile(typeof text === 'string' || text instanceof Uint8Array ? pieces(text) : text),
    report,
  );
async function imported(deckId: string, text: string, wish: Partial<ImportWish> = {}) {
  const done = await importText(deckId, text, wish);
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
}
const schedule = (versionId: string, activeFrom: Date, acceptBadRows = 0) =>
  world.tx((tx) => scheduleVersion(tx, { versionId, activeFrom, scheduledBy: 'test', acceptBadRows }));
const rows = (versionId: string) =>
  world.sql.rows<{ prefix: string }>('SELECT prefix FROM deck_rate WHERE version_id = $1 ORDER BY prefix', [
    versionId,
  ]);
const versions = (deckId: string) =>
  world.sql.rows('SELECT id FROM deck_version WHERE deck_id = $1', [deckId]);

describe('importing a deck', () => {
  it('reads a file that comes in pieces, period prices too, and rates by it from its time on', async () => {
    await deck(world, 'simple', 'sale');
    const text = '\uFEFFprefix;destination;per_minute;per_minute@night\r\n82;"Korea; all";0,06\r\n';
    expect(await importText('simple', text, { periods: [night] })).toMatchObject({
      ok: true,
      value: { good: 0, bad: 1 },
    });
    const version = await imported('simple', text.replace('0,06', '0.06;0.03'), { periods: [night] });
    expect(version).toMatchObject({ good: 1, bad: 0 });
    await schedule(version.versionId, new Date('2026-06-01T00:00:00Z'));
    const at = (iso: string) => ({ deckId: 'simple', answeredAt: Date.parse(iso) });
    const talk = { e164: '+8221234567', onNet: false, durationMs: 60_000 };
    const wanted = [at('2026-05-31T23:59:59Z'), at('2026-06-01T00:00:00Z'), at('2026-06-01T12:00:00Z')];
    const deckAt = await world.tx((tx) => new RateBook().open(tx, wanted));
    const [before, atNight, byDay] = wanted.map(({ answeredAt }) => {
      const found = deckAt('simple', answeredAt);
      return found && rate(found, { ...talk, answeredAt }).amount.micros;
    });
    expect([before, atNight, byDay]).toEqual([undefined, 30_000n, 60_000n]);
  });

  it('keeps good rows beside bad ones, says what is bad of each, and is scheduled only if that is accepted', async () => {
    await deck(world, 'mixed', 'sale');
    const text = 'prefix,per_minute\n82,0.06\n82,0.07\nx,0.06\n1,abc\n49,"0.05"x\n44,0.04,9\n1,0.01\n';
    const version = await imported('mixed', text);
    expect(version).toMatchObject({ good: 2, bad: 5 });
    expect(badRowsCsv(version.badRows).split('\r\n')).toEqual([
      'line,field,reason,row',
      '3,prefix,stands twice for the same time,"82,0.07"',
      '4,prefix,"must be at most 15 digits, + in front allowed","x,0.06"',
      '5,per_minute,"must be a price like 0.0125, at most 6 decimals, not negative","1,abc"',
      '6,,text after a closing quote,49',
      '7,,"has 3 fields, the header has 2","44,0.04,9"',
      '',
    ]);
    expect(await rows(version.versionId)).toEqual([{ prefix: '1' }, { prefix: '82' }]);
    const soon = new Date(Date.now() + 3_600_000);
    expect(await schedule(version.versionId, soon)).toMatchObject({
      failure: { code: 'deck-version.has-bad-rows' },
    });
    expect(await schedule(version.versionId, soon, 5)).toMatchObject({ ok: true });
  });

  it('takes the same prefix for several times', async () => {
    await deck(world, 'times', 'sale');
    const version = await imported(
      'times',
      'prefix,per_minute,valid_from,valid_to\n82,1,,2026-12-01\n82,2,2026-12-01,\n82,3,2026-12-01,\n',
    );
    expect(version).toMatchObject({ good: 2, bad: 1 });
  });

  it.each([
    ['csv-file.empty', ''],
    ['deck-file.column-missing', 'prefix,destination\n82,Korea\n'],
    [
      'csv-file.not-utf8',
      new Uint8Array([...new TextEncoder().encode('prefix,per_minute\n82,1\n'), 0xe9, 0x0a]),
    ],
    ['csv-file.too-many-bad-rows', `prefix,per_minute\n${'x,y\n'.repeat(12_100)}`],
  ])('refuses a hopeless file with %s and leaves nothing behind', async (code, file) => {
    const id = `hopeless-${code.split('.')[1]}`;
    await deck(world, id, 'sale');
    const answer = await importDeck(
      world.tx,
      { deckId: id, periods: [], mapping: {}, source: 'deck.csv', createdBy: 'test' },
      new CsvFile(pieces(file, 4_096)),
    );
    expect(answer).toMatchObject({ ok: false, failure: { code } });
    expect(await versions(id)).toEqual([]);
  });

  it('refuses an unknown deck and a period that cannot be read', async () => {
    expect(await importText('nobodys', 'prefix,per_minute\n')).toMatchObject({
      failure: { code: 'deck.unknown' },
    });
    const atlantis = { ...night, timeZone: 'Asia/Atlantis' };
    expect(await importText('simple', '', { periods: [atlantis] })).toMatchObject({
      failure: { code: 'period.zone-unknown' },
    });
  });

  it('given_an_upload_that_breaks_off_when_scheduled_then_it_is_refused', async () => {
    await deck(world, 'broken-off', 'sale');
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(
        `prefix,per_minute\n${Array.from({ length: 3_000 }, (_, n) => `${n},1\n`).join('')}`,
      );
      throw new Error('connection lost');
    }
    await expect(importText('broken-off', breaking())).rejects.toThrow('connection lost');
    const [version] = await world.sql.rows<{ id: string; good_rows: number }>(
      `SELECT id, good_rows FROM deck_version WHERE deck_id = 'broken-off'`,
    );
    expect(version?.good_rows).toBe(2_000);
    expect(await schedule(version?.id ?? '', new Date())).toMatchObject({
      failure: { code: 'deck-version.incomplete' },
    });
    expect(await world.tx((tx) => discardVersion(tx, version?.id ?? ''))).toMatchObject({ ok: true });
    expect(await rows(version?.id ?? '')).toEqual([]);
  });
});

describe('a version', () => {
  const soon = () => new Date(Date.now() + 3_600_000);

  it('shows what it would change against the running one', async () => {
    await deck(world, 'compared', 'sale');
    const running = await inForce(world, 'compared', '2026-01-01T00:00:00Z', [
      row({ prefix: '1' }),
      row({ prefix: '44' }),
      row({ prefix: '49' }),
      row({ prefix: '81' }),
      row({ prefix: '82' }),
    ]);
    const text = 'prefix,per_minute,first\n1,0.06,1\n44,0.07,1\n49,0.05,1\n81,0.06,60\n84,0.2,1\n';
    const { versionId } = await imported('compared', text);
    const diff = await diffVersion(world.sql, versionId, new Date());
    expect(diff).toMatchObject({
      against: running,
      unchanged: 1,
      counts: { added: 1, removed: 1, dearer: 1, cheaper: 1, terms: 1 },
    });
    expect(diff.examples.map(({ change, prefix, before, after }) => [change, prefix, before, after])).toEqual(
      [
        ['added', '84', null, '200000'],
        ['cheaper', '49', '60000', '50000'],
        ['dearer', '44', '60000', '70000'],
        ['removed', '82', '60000', null],
        ['terms', '81', '60000', '60000'],
      ],
    );
  });

  it('is exported as a file that imports to the same', async () => {
    await deck(world, 'round-trip', 'sale');
    const text = [
      'prefix,destination,per_minute,connect_fee,first,next,minimum,free,valid_from,valid_to,per_minute@night',
      '82,"Korea, ""mobile""",0.06,0.01,30,6,10,5,2026-12-01,2027-01-01T00:00:00Z,0.03',
      ',Rest of world,1.5,,,,,,,,',
      '',
    ].join('\n');
    const first = await imported('round-trip', text, { periods: [night] });
    await schedule(first.versionId, new Date('2026-01-01T00:00:00Z'));
    const exported = await exportDeck(world.sql, first.versionId);
    if (!exported.ok) throw new Error(exported.failure.message);
    const parts: string[] = [];
    for await (const part of exported.value) parts.push(part);
    const again = await imported('round-trip', parts.join(''), { periods: [night] });
    expect(await diffVersion(world.sql, again.versionId, new Date())).toMatchObject({
      unchanged: 2,
      examples: [],
    });
  });

  it('is taken back before its time, never once it is in force', async () => {
    await deck(world, 'taken-back', 'sale');
    const { versionId } = await imported('taken-back', 'prefix,per_minute\n82,1\n');
    await schedule(versionId, soon());
    expect(await schedule(versionId, soon())).toMatchObject({ failure: { code: 'deck-version.scheduled' } });
    expect(await world.tx((tx) => discardVersion(tx, versionId))).toMatchObject({ ok: false });
    expect(await world.tx((tx) => unscheduleVersion(tx, versionId))).toMatchObject({ ok: true });
    await schedule(versionId, new Date('2026-01-01T00:00:00Z'));
    expect(await world.tx((tx) => unscheduleVersion(tx, versionId))).toMatchObject({
      failure: { code: 'deck-version.in-force' },
    });
    await expect(world.sql.run('DELETE FROM deck_version WHERE id = $1', [versionId])).rejects.toThrow(
      'in force',
    );
    await expect(
      world.sql.run(`UPDATE deck_version SET active_from = now() + interval '1 day' WHERE id = $1`, [
        versionId,
      ]),
    ).rejects.toThrow('in force');
  });

  it('cannot begin at the very time of another, and an unknown one cannot be scheduled', async () => {
    await deck(world, 'same-time', 'sale');
    const at = soon();
    const [a, b] = [
      await imported('same-time', 'prefix,per_minute\n'),
      await imported('same-time', 'prefix,per_minute\n'),
    ];
    expect(await schedule(a.versionId, at)).toMatchObject({ ok: true });
    expect(await schedule(b.versionId, at)).toMatchObject({ failure: { code: 'deck-version.time.taken' } });
    expect(await schedule(newId(), at)).toMatchObject({ failure: { code: 'deck-version.unknown' } });
  });

  it('keeps its rates as they were once it is scheduled', async () => {
    await deck(world, 'kept', 'sale');
    const id = await inForce(world, 'kept', '2026-01-01T00:00:00Z', [row()]);
    await expect(addRates(world.sql, id, [row({ prefix: '1' })])).rejects.toThrow('do not change');
    await expect(world.sql.run('DELETE FROM deck_rate WHERE version_id = $1', [id])).rejects.toThrow(
      'do not change',
    );
    await expect(world.sql.run('UPDATE deck_rate SET per_minute_micros = 1')).rejects.toThrow('append-only');
  });
});

describe('20,000 rows', () => {
  it('are imported in batches with progress, and read by index', async () => {
    await deck(world, 'large', 'carrier');
    const text = `prefix,per_minute\n${Array.from({ length: 20_000 }, (_, n) => `${100_000 + n},0.01\n`).join('')}`;
    const seen: number[] = [];
    const done = await importText('large', pieces(text, 65_536), {}, ({ good }) => seen.push(good));
    expect(done).toMatchObject({ ok: true, value: { good: 20_000, bad: 0, bytes: text.length } });
    expect(seen.length).toBeGreaterThan(9);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await world.sql.run('ANALYZE deck_rate');
    const page = await planOf(world.sql, EXPORT_PAGE, [
      done.ok ? done.value.versionId : '',
      '100500',
      '-infinity',
      500,
    ]);
    expect(page).toEqual(['Limit', 'Index Scan deck_rate_pkey']);
  });
});
