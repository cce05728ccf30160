import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agreement } from '../../../src/billing/settlement/agreements.service.js';
import {
  DIFFERENCES,
  decideDifferences,
  notesOf,
} from '../../../src/billing/settlement/differences.service.js';
import { OUR_PAGE, THEIR_PAGE } from '../../../src/billing/settlement/matching.service.js';
import { openSettlement } from '../../../src/billing/settlement/settlements.service.js';
import {
  importStatement,
  withdrawStatement,
} from '../../../src/billing/settlement/statement-import.service.js';
import type { Sql } from '../../../src/infra/db/sql.js';
import { CsvFile } from '../../../src/kernel/csv-file.js';
import { newId } from '../../../src/kernel/ids.js';
import { planOf } from './billing-world.js';
import {
  bytes,
  first,
  from,
  type Line,
  type SettlementWorld,
  settlementWorld,
  statement,
  to,
} from './settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await settlementWorld();
});
afterAll(() => world.remove());

/** A settlement whose statement differs in every way: of 6 calls 3 match, 1 is longer, 1 dearer, 1 missing, 1 is nobody's. */
async function reviewed(id: string, changes: Partial<Agreement> = {}): Promise<string> {
  await world.carrier(id, 6, changes);
  const settlementId = await world.opened(id);
  const lines = [0, 1, 2].map((minute): Line => ({ minute }));
  const text = statement([
    ...lines,
    { minute: 3, seconds: 90, amount: '0.09' },
    { minute: 4, amount: '0.07' },
    { minute: 30 },
  ]);
  await world.importText(settlementId, text);
  await world.match(settlementId);
  return settlementId;
}

describe('a settlement', () => {
  it('finds what matches and each way in which the carrier’s statement differs', async () => {
    const id = await reviewed('every-way');
    expect(await world.settlement(id)).toMatchObject({
      state: 'review',
      statementLines: 6,
      matched: 3,
      oursMicros: 360_000n,
      theirsMicros: 400_000n,
    });
    const found = await world.differences(id);
    expect(found.map(({ kind, oursMicros, theirsMicros }) => [kind, oursMicros, theirsMicros])).toEqual([
      ['duration-differs', '60000', '90000'],
      ['rate-differs', '60000', '70000'],
      ['only-ours', '60000', '0'],
      ['only-theirs', '0', '60000'],
    ]);
    expect(found[0]).toMatchObject({
      oursMs: '60000',
      theirsMs: '90000',
      number: '82262006200',
      line: 4,
      leg: 0,
    });
  });

  it('is approved by a second person once every difference is settled, and posts what they agreed on', async () => {
    const id = await reviewed('agreed');
    expect(await world.approve(id)).toMatchObject({ failure: { code: 'settlement.unsettled' } });
    const [longer, dearer, missing, nobodys] = (await world.differences(id)).map((one) => one.id);
    const decide = (
      ids: (string | undefined)[],
      state: 'disputed' | 'settled-at-ours' | 'settled-at-theirs',
      note: string,
    ) =>
      world.tx((tx) =>
        decideDifferences(tx, id, { ids: ids.map((one) => one ?? '0') }, { state, note, by: 'ann' }),
      );
    expect(await decide([longer, missing], 'settled-at-theirs', 'their log shows it')).toEqual({
      ok: true,
      value: 2,
    });
    await decide([dearer], 'disputed', 'the rate is 0.06 since May');
    expect(await world.approve(id)).toMatchObject({
      failure: { message: expect.stringContaining('2 differences') },
    });
    await decide([dearer], 'settled-at-ours', 'they agree');
    await world.tx((tx) =>
      decideDifferences(
        tx,
        id,
        { kind: 'only-theirs' },
        { state: 'settled-at-ours', note: 'not our call', by: 'ann' },
      ),
    );
    expect(await notesOf(world.sql, dearer ?? '', 10)).toMatchObject([
      { state: 'disputed', note: 'the rate is 0.06 since May' },
      { state: 'settled-at-ours', note: 'they agree', writtenBy: 'ann' },
    ]);
    expect(await notesOf(world.sql, nobodys ?? '', 10)).toHaveLength(1);
    expect(await world.approve(id, 'lines', 'ann')).toMatchObject({
      failure: { code: 'settlement.second-person.forbidden' },
    });
    // 0.36 of ours, the longer call at theirs (+0.03), the call they don't bill at theirs (-0.06).
    expect(await world.approve(id)).toEqual({ ok: true, value: { micros: 330_000n, currency: 'EUR' } });
    expect(await world.payable('agreed')).toBe(-330_000n);
    expect(await world.approve(id)).toMatchObject({ failure: { code: 'settlement.not-allowed' } });
    expect(await decide([longer], 'settled-at-ours', 'too late')).toMatchObject({ ok: false });
  });

  it('is paid as invoiced without looking at differences only within the agreed tolerance', async () => {
    expect(await world.approve(await reviewed('too-far'), 'their-total')).toMatchObject({
      failure: { code: 'settlement.total-differs' },
    });
    await world.carrier('near', 6, { totalTolerancePpm: 20_000 });
    const id = await world.opened('near');
    await world.importText(id, statement([0, 1, 2, 3, 4, 5].map((minute) => ({ minute, amount: '0.0612' }))));
    await world.match(id);
    expect(await world.approve(id)).toMatchObject({ failure: { code: 'settlement.unsettled' } });
    // 0.3672 as invoiced, against 0.36 accrued: 2 % apart, rounded to what can be paid.
    expect(await world.approve(id, 'their-total')).toEqual({
      ok: true,
      value: { micros: 370_000n, currency: 'EUR' },
    });
    expect(await world.payable('near')).toBe(-370_000n);
  });

  it('takes a file once, and another after it was withdrawn', async () => {
    await world.carrier('once', 1);
    const [id, text] = [await world.opened('once'), statement([{ minute: 0 }])];
    expect(await world.importText(id, text)).toMatchObject({ ok: true, value: { lines: 1, bad: 0 } });
    expect(await world.importText(id, text)).toMatchObject({ failure: { code: 'settlement.not-allowed' } });
    const next = await world.tx((tx) =>
      openSettlement(tx, {
        carrierId: 'once',
        from: to,
        to: new Date('2027-01-01T00:00:00Z'),
        openedBy: 'ann',
      }),
    );
    expect(await world.importText(next.ok ? next.value : '', text)).toMatchObject({
      failure: { code: 'statement.taken' },
    });
    expect(await world.tx((tx) => withdrawStatement(tx, id))).toMatchObject({ ok: true });
    expect(await world.importText(id, text)).toMatchObject({ ok: true });
    await world.match(id);
    expect(await world.match(id)).toMatchObject({ failure: { code: 'settlement.not-allowed' } });
  });

  it('keeps lines that cannot be read apart and is not approved with them', async () => {
    await world.carrier('bad-lines', 1);
    const id = await world.opened('bad-lines');
    const text = `${statement([{ minute: 0 }])}\nx,2026-11-10 21:00:00,60,0.06,\n`;
    expect(await world.importText(id, text)).toMatchObject({ ok: true, value: { lines: 1, bad: 1 } });
    await world.match(id);
    expect(await world.approve(id)).toMatchObject({ failure: { code: 'settlement.bad-lines' } });
  });

  it('given_a_second_import_that_begins_meanwhile_when_the_first_goes_on_then_it_stops_and_leaves_no_line', async () => {
    await world.carrier('two-files', 2);
    const id = await world.opened('two-files');
    const second = statement([{ minute: 0 }]);
    async function* overtaken(): AsyncGenerator<Uint8Array> {
      yield* bytes(`${statement([{ minute: 0 }, { minute: 1 }])}\n`);
      expect(await world.importText(id, second)).toMatchObject({ ok: true, value: { lines: 1 } });
      yield* bytes('x');
    }
    const wish = { settlementId: id, source: 'first.csv' };
    expect(
      await importStatement(world.tx, wish, new CsvFile(overtaken()), async () => undefined),
    ).toMatchObject({
      failure: { code: 'statement.superseded' },
    });
    expect(await world.sql.rows('SELECT FROM statement_line WHERE settlement_id = $1', [id])).toHaveLength(1);
  });

  it('given_a_period_being_opened_when_another_that_overlaps_is_opened_then_it_waits_and_is_refused', async () => {
    await world.carrier('periods', 0);
    const open = (sql: Sql, until: string) =>
      openSettlement(sql, { carrierId: 'periods', from, to: new Date(until), openedBy: 'ann' });
    let late: Promise<unknown> = Promise.resolve();
    await world.once(async (sql) => {
      expect(await open(sql, '2026-12-01T00:00:00Z')).toMatchObject({ ok: true });
      late = world.once((other) => open(other, '2026-11-15T00:00:00Z'));
      await world.waiting(1);
    });
    expect(await late).toMatchObject({ failure: { code: 'settlement.period.taken' } });
  });
});

describe('20,000 lines', () => {
  it('are imported and matched in pages, read in the order of time by index', async () => {
    await world.carrier('large', 1);
    const id = await world.opened('large');
    const text = statement(Array.from({ length: 20_000 }, (_, minute): Line => ({ minute })));
    expect(await world.importText(id, text)).toMatchObject({ ok: true, value: { lines: 20_000 } });
    await world.sql.run(
      `INSERT INTO accrual (call_id, leg, revision, trunk_id, carrier_id, e164, answered_at, duration_ms, result, prefix, amount_micros)
       SELECT gen_random_uuid(), 0, 0, 'large', 'large', '+82262006200', answered_at + interval '1 second', 60000, 'rated', '82', 60000
         FROM statement_line WHERE settlement_id = $1 AND line <= 15001 AND answered_at < '2026-12-01'`,
      [id],
    );
    await world.sql.run(
      `INSERT INTO accrual (call_id, leg, revision, trunk_id, carrier_id, answered_at, duration_ms, result, amount_micros)
       SELECT gen_random_uuid(), 0, 0, 'x', 'carrier ' || n % 20, $1::timestamptz + n * interval '1 second', 0, 'on-net', 0
         FROM generate_series(1, 60000) n`,
      [new Date(first)],
    );
    await world.sql.run('ANALYZE accrual, statement_line');
    const done = await world.match(id);
    expect(done.ok && done.value.counts.matched).toBeGreaterThan(14_000);
    await world.sql.run('ANALYZE settlement_difference');
    const theirs = await planOf(world.sql, THEIR_PAGE, [id, from, 1, 5_000]);
    const ours = await planOf(world.sql, OUR_PAGE, ['large', from, to, new Date(first), newId(), 0, 500]);
    const list = await planOf(world.sql, DIFFERENCES, [id, 'only-theirs', '1', 50]);
    expect(theirs).toContain('Index Scan statement_line_time');
    expect(ours).toContain('Index Scan accrual_carrier');
    expect([...theirs, ...ours, ...list].filter((node) => /^(Sort|Seq Scan)/.test(node))).toEqual([]);
  });
});
