import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHARGES, STATEMENT } from '../../../src/billing/account-statement.service.js';
import { accountId, balanceOf, standingOf } from '../../../src/billing/accounts.service.js';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import type { CallEnded } from '../../../src/billing/domain/call-ended.js';
import { noteRate } from '../../../src/billing/exchange-rates.service.js';
import { openHold } from '../../../src/billing/holds.service.js';
import { setCarrier, setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency } from '../../../src/kernel/money.js';
import { type BillingWorld, billingWorld, planOf, USD, usd } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

const answeredAt = Date.parse('2026-11-23T12:00:00Z');
let world: BillingWorld;
let book: RateBook;
let sale: string;
beforeAll(async () => {
  world = await billingWorld();
  book = new RateBook();
  const retail = await deck(world, 'retail', 'sale');
  sale = await inForce(world, retail, '2026-01-01T00:00:00Z', [
    row(),
    row({ prefix: '1', perMinute: 120_000n }),
  ]);
  const asked = await deck(world, 'kt-asks', 'carrier');
  await inForce(world, asked, '2026-01-01T00:00:00Z', [row({ perMinute: 30_000n, firstS: 60, nextS: 60 })]);
  await setCarrier(world.sql, { id: 'kt', name: 'KT', deckId: asked, trunks: ['kr-gateway', 'kr-backup'] });
});
afterAll(() => world.remove());

interface Member {
  readonly id: string;
  readonly account: bigint;
}
async function member(prepaid = 1_000_000n, deckId = 'retail'): Promise<Member> {
  const one = { id: newId(), account: await world.payer(prepaid) };
  await setPayer(world.sql, one.id, { accountId: one.account, deckId });
  return one;
}
const ended = (by: Member | null, changes: Partial<CallEnded> = {}): CallEnded => ({
  callId: newId(),
  memberId: by?.id ?? null,
  reading: 'pstn',
  called: '+82262006200',
  onNet: false,
  answeredAt,
  endedAt: answeredAt + 90_000,
  billable: true,
  legs: [
    {
      leg: 0,
      kind: 'trunk',
      target: 'kr-gateway',
      e164: '+82262006200',
      answeredAt,
      endedAt: answeredAt + 90_000,
    },
  ],
  ...changes,
});
const charge = (...calls: CallEnded[]) => world.tx((tx) => chargeCalls(tx, calls, book));
const charges = (callId: string) =>
  world.sql.rows(
    `SELECT revision, result, unrated_because, prefix, version_id, billed_ms, amount_micros, currency
       FROM charge WHERE call_id = $1 ORDER BY revision`,
    [callId],
  );
const accruals = (callId: string) =>
  world.sql.rows(
    `SELECT leg, carrier_id, result, unrated_because, billed_ms, amount_micros, currency
       FROM accrual WHERE call_id = $1 ORDER BY leg`,
    [callId],
  );
const payable = async () =>
  balanceOf(world.sql, await accountId(world.sql, { kind: 'carrier-payable', owner: 'kt', currency: USD }));

describe('an ended call', () => {
  it('is charged by the sale deck, its leg accrued by the carrier’s, its hold captured', async () => {
    const caller = await member();
    const call = ended(caller);
    const owed = await payable();
    await openHold(
      world.sql,
      { id: call.callId, accountId: caller.account, wanted: 120_000n, least: 1n },
      'call',
    );
    await charge(call);
    expect(await charges(call.callId)).toEqual([
      {
        revision: 0,
        result: 'rated',
        unrated_because: null,
        prefix: '82',
        version_id: sale,
        billed_ms: '90000',
        amount_micros: '90000',
        currency: 'USD',
      },
    ]);
    expect(await accruals(call.callId)).toEqual([
      {
        leg: 0,
        carrier_id: 'kt',
        result: 'rated',
        unrated_because: null,
        billed_ms: '120000',
        amount_micros: '60000',
        currency: 'USD',
      },
    ]);
    expect(await standingOf(world.sql, caller.account)).toMatchObject({
      credit: usd(910_000n),
      held: usd(0n),
    });
    expect(await payable()).toBe(owed - 60_000n);
    expect(await world.sql.rows('SELECT outcome FROM hold WHERE id = $1', [call.callId])).toEqual([
      { outcome: 'captured' },
    ]);
  });

  it('is charged once, alone or in company, and twice in one batch', async () => {
    const caller = await member();
    const [a, b] = [ended(caller), ended(caller)];
    await charge(a);
    await charge(a, b, a);
    await charge(b, a);
    expect(await charges(a.callId)).toHaveLength(1);
    expect(await charges(b.callId)).toHaveLength(1);
    expect((await standingOf(world.sql, caller.account))?.credit).toEqual(usd(820_000n));
  });

  it('is left alone when it is told again after its tariffs have changed', async () => {
    const caller = await member(1_000_000n, await deck(world, 'later', 'sale'));
    await inForce(world, 'later', '2026-01-01T00:00:00Z', [row()]);
    await deck(world, 'later-asked', 'carrier');
    await inForce(world, 'later-asked', '2026-01-01T00:00:00Z', [row()]);
    await setCarrier(world.sql, { id: 'later', name: 'Later', deckId: 'later-asked', trunks: ['later'] });
    const [leg] = ended(caller).legs;
    const call = ended(caller, { legs: leg === undefined ? [] : [{ ...leg, target: 'later' }] });
    await charge(call);
    await inForce(world, 'later', '2026-01-02T00:00:00Z', [row({ perMinute: 1n })]);
    await inForce(world, 'later-asked', '2026-01-02T00:00:00Z', [row({ perMinute: 1n })]);
    await charge(call);
    expect(await charges(call.callId)).toMatchObject([{ revision: 0, amount_micros: '90000' }]);
    expect(await accruals(call.callId)).toMatchObject([{ amount_micros: '90000' }]);
  });

  it('given_the_same_calls_told_to_four_sessions_at_once_when_done_then_each_is_charged_once', async () => {
    const caller = await member();
    const calls = Array.from({ length: 40 }, () => ended(caller, { endedAt: answeredAt + 1_000 }));
    await Promise.all(
      [0, 1, 2, 3].map((n) =>
        world.once((sql) => chargeCalls(sql, n % 2 === 0 ? calls : calls.toReversed(), book)),
      ),
    );
    expect((await standingOf(world.sql, caller.account))?.credit).toEqual(usd(960_000n));
  });

  it('that nobody answered gives its hold back and leaves no charge', async () => {
    const caller = await member();
    const call = ended(caller, { answeredAt: null, billable: false, legs: [] });
    await openHold(
      world.sql,
      { id: call.callId, accountId: caller.account, wanted: 120_000n, least: 1n },
      'call',
    );
    await charge(call);
    expect(await charges(call.callId)).toEqual([]);
    expect((await standingOf(world.sql, caller.account))?.available).toEqual(usd(1_000_000n));
    expect(await world.sql.rows('SELECT outcome FROM hold WHERE id = $1', [call.callId])).toEqual([
      { outcome: 'released' },
    ]);
  });

  it('to a number of ours is free, one row all the same', async () => {
    const caller = await member();
    const call = ended(caller, { onNet: true, called: null, legs: [] });
    await charge(call);
    expect(await charges(call.callId)).toMatchObject([{ result: 'on-net', amount_micros: '0' }]);
    expect((await standingOf(world.sql, caller.account))?.credit).toEqual(usd(1_000_000n));
  });

  it('that came in by a trunk is charged to nobody, but its way out is owed', async () => {
    const call = ended(null);
    const owed = await payable();
    await charge(call);
    expect(await charges(call.callId)).toEqual([]);
    expect(await payable()).toBe(owed - 60_000n);
  });

  it('of zero length costs nothing on either side and has its rows', async () => {
    const caller = await member();
    const [leg] = ended(caller).legs;
    const call = ended(caller, {
      endedAt: answeredAt,
      legs: leg === undefined ? [] : [{ ...leg, endedAt: answeredAt }],
    });
    await charge(call);
    expect(await charges(call.callId)).toMatchObject([{ result: 'rated', amount_micros: '0' }]);
    expect(await accruals(call.callId)).toMatchObject([{ result: 'rated', amount_micros: '0' }]);
  });

  it('is charged in the payer’s currency at the day’s rate, also one noted the other way round', async () => {
    const KRW = currency('KRW');
    const won = {
      id: newId(),
      account: await accountId(world.sql, { kind: 'member', owner: newId(), currency: KRW }),
    };
    await setPayer(world.sql, won.id, { accountId: won.account, deckId: 'retail' });
    const early = ended(won);
    await charge(early);
    expect(await charges(early.callId)).toMatchObject([
      { result: 'unrated', unrated_because: 'no-exchange-rate' },
    ]);
    const note = (from: string, to: string, day: string, rate: string) =>
      noteRate(world.sql, { from: currency(from), to: currency(to), day, rate, source: 'test' });
    await note('KRW', 'USD', '2026-11-01', '0.001');
    const inverted = ended(won);
    await charge(inverted);
    expect(await charges(inverted.callId)).toMatchObject([{ amount_micros: '90000000', currency: 'KRW' }]);
    await note('USD', 'KRW', '2026-11-22', '1400.5');
    await note('USD', 'KRW', '2026-11-24', '9999');
    const direct = ended(won);
    await charge(direct);
    expect(await charges(direct.callId)).toMatchObject([{ amount_micros: '126045000', currency: 'KRW' }]);
  });

  it.each([
    ['no-payer', async () => ended({ id: newId(), account: 0n })],
    ['no-number', async () => ended(await member(), { called: null })],
    ['no-rate', async () => ended(await member(), { called: '+4930123456' })],
    ['no-deck', async () => ended(await member(), { answeredAt: 1, endedAt: 2, legs: [] })],
  ])('that cannot be rated is kept with its reason: %s', async (because, make) => {
    const call = await make();
    await charge(call);
    expect(await charges(call.callId)).toMatchObject([{ result: 'unrated', unrated_because: because }]);
  });

  it('by a trunk that is no carrier’s keeps the leg with its reason', async () => {
    const leg = ended(null).legs[0];
    const call = ended(null, { legs: leg === undefined ? [] : [{ ...leg, target: 'nobodys' }] });
    await charge(call);
    expect(await accruals(call.callId)).toMatchObject([{ result: 'unrated', unrated_because: 'no-carrier' }]);
  });

  it('is rated by the version in force at its answer, not by the newest', async () => {
    const caller = await member(1_000_000n, await deck(world, 'changing', 'sale'));
    await inForce(world, 'changing', '2026-11-23T11:00:00Z', [row({ perMinute: 1_000n })]);
    await inForce(world, 'changing', '2026-11-23T12:00:30Z', [row({ perMinute: 2_000n })]);
    const [during, after] = [ended(caller), ended(caller, { answeredAt: answeredAt + 30_000 })];
    await charge(during, after);
    expect(await charges(during.callId)).toMatchObject([{ amount_micros: '1500' }]);
    expect(await charges(after.callId)).toMatchObject([{ amount_micros: '2000' }]);
  });

  it('and its payer, its line on a statement and on an itemised bill are found by index', async () => {
    const caller = await member();
    await world.sql.run(
      `INSERT INTO payer SELECT gen_random_uuid(), (SELECT min(id) FROM ledger_account), 'retail' FROM generate_series(1, 3000)`,
    );
    await charge(...Array.from({ length: 500 }, (_, n) => ended(caller, { answeredAt: answeredAt + n })));
    await world.sql.run(
      `INSERT INTO charge (call_id, revision, member_id, account_id, on_net, answered_at, duration_ms, result, amount_micros, currency)
       SELECT gen_random_uuid(), 0, gen_random_uuid(), 1000000 + n % 1000, true, $1::timestamptz + n * interval '1 second', 0, 'on-net', 0, 'USD'
         FROM generate_series(1, 20000) n`,
      [new Date(answeredAt)],
    );
    await world.sql.run('ANALYZE payer, charge, posting, entry');
    const page = [caller.account, null];
    expect(await planOf(world.sql, 'SELECT FROM payer WHERE member_id = ANY ($1)', [[newId()]])).toEqual([
      expect.stringMatching(/Index (Only )?Scan payer_pkey/),
    ]);
    const statement = await planOf(world.sql, STATEMENT, [...page, 50]);
    expect(statement).toEqual(
      expect.arrayContaining(['Index Scan entry_account', 'Index Scan posting_pkey']),
    );
    const bill = await planOf(world.sql, CHARGES, [...page, null, 50, null]);
    expect(bill).toContain('Index Scan charge_account');
    expect([...statement, ...bill].filter((node) => /^(Sort|Seq Scan)/.test(node))).toEqual([]);
  });
});
