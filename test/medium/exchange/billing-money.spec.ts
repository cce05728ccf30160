import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeHolds, setPayer, standingOf, type TariffDesk } from '../../../src/billing/index.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { TariffDesk as Desk } from '../../../src/billing/tariff-desk.service.js';
import type { Call } from '../../../src/exchange/domain/call.js';
import type { Connect } from '../../../src/exchange/domain/verdict.js';
import { BillingMoney } from '../../../src/exchange/money/billing-money.js';
import { newId } from '../../../src/kernel/ids.js';
import { type BillingWorld, billingWorld } from '../billing/billing-world.js';
import { deck, inForce, row } from '../billing/tariffs.js';

const KOREA = '+82262001234';
const quiet = { warn: () => undefined };
let world: BillingWorld;
let desk: Pick<TariffDesk, 'tariffOf' | 'barredBecause'>;

const plan = (called = KOREA): Connect => ({
  kind: 'connect',
  attempts: [
    {
      kind: 'ring',
      legs: [
        {
          kind: 'trunk',
          target: 'gw',
          endpoint: `PJSIP/1@gw`,
          called: '1',
          calling: { withheld: true },
          e164: called,
        },
      ],
      answerWithin: 120,
      progressWithin: 20,
      after: {},
    },
  ],
  maxSeconds: 14_400,
  emergency: false,
  called,
  language: 'ko',
  limits: {},
});
// What is not looked at is left out.
const callOf = (memberId: string, more: Partial<Call> = {}): Call =>
  ({
    id: newId(),
    origin: { kind: 'member', memberId, deviceId: 'd', country: 'KR', username: 'lab-a' },
    legs: [],
    ...more,
  }) as unknown as Call;

/** A new member with so much money, at 0.06 a minute by the second. */
async function payer(micros: bigint): Promise<{ memberId: string; account: bigint }> {
  const account = await world.payer(micros);
  const memberId = newId();
  await world.tx((tx) => setPayer(tx, memberId, { accountId: account, deckId: 'sale' }));
  return { memberId, account };
}
const heldOn = async (account: bigint) => (await standingOf(world.sql, account))?.held.micros;

beforeAll(async () => {
  world = await billingWorld();
  await inForce(world, await deck(world, 'sale', 'sale'), '2026-01-01T00:00:00Z', [
    row(),
    row({ prefix: '8280', destination: 'free phone', perMinute: 0n }),
  ]);
  // Without a listener: nothing changes under it here.
  desk = new Desk(world.sql as never, new RateBook(), {
    on: () => undefined,
    onResync: () => undefined,
  } as never);
});
afterAll(() => world.remove());

describe('money is set aside for a call', () => {
  it('for three minutes at a time, cut a quarter of a second early', async () => {
    const { memberId, account } = await payer(1_000_000n);
    const money = new BillingMoney(world.sql, desk, quiet);
    expect(await money.reserve(callOf(memberId), plan())).toEqual({ kind: 'granted', seconds: 179 });
    expect(await heldOn(account)).toBe(180_000n);
  });

  it('once, however often it is asked', async () => {
    const { memberId, account } = await payer(1_000_000n);
    const money = new BillingMoney(world.sql, desk, quiet);
    const call = callOf(memberId);
    const first = await money.reserve(call, plan());
    expect(await new BillingMoney(world.sql, desk, quiet).reserve(call, plan())).toEqual(first);
    expect(await heldOn(account)).toBe(180_000n);
  });

  it('a smaller purse lasts for what is in it, and then no call is let through', async () => {
    const { memberId } = await payer(60_000n);
    const money = new BillingMoney(world.sql, desk, quiet);
    expect(await money.reserve(callOf(memberId), plan())).toEqual({ kind: 'granted', seconds: 59 });
    expect(await money.reserve(callOf(memberId), plan())).toEqual({ kind: 'refused', reason: 'no-credit' });
  });

  it.each([
    ['nobody who pays', newId(), KOREA, 'no-credit'],
    ['a number without a price', undefined, '+441234567890', 'no-tariff'],
    ['a premium rate number, with the money for it', undefined, '+826012345678', 'barred'],
  ] as const)('%s: refused', async (_, nobody, called, reason) => {
    const memberId = nobody ?? (await payer(1_000_000n)).memberId;
    const money = new BillingMoney(world.sql, desk, quiet);
    expect(await money.reserve(callOf(memberId), plan(called))).toEqual({ kind: 'refused', reason });
  });

  it('a called member with an empty one has his calls kept on our net', async () => {
    const { memberId } = await payer(0n);
    const money = new BillingMoney(world.sql, desk, quiet);
    const [attempt] = plan().attempts;
    if (attempt?.kind !== 'ring') throw new Error('the plan rings nobody');
    const legs = attempt.legs.map((leg) => ({ ...leg, payer: memberId }));
    const sentOn = { ...plan(), attempts: [{ ...attempt, legs }] };
    expect(await money.reserve(callOf(newId()), sentOn)).toEqual({ kind: 'kept-in' });
  });

  it('nothing for a number that costs nothing, even of an empty purse', async () => {
    const { memberId, account } = await payer(0n);
    const money = new BillingMoney(world.sql, desk, quiet);
    expect(await money.reserve(callOf(memberId), plan('+82800001'))).toEqual({ kind: 'unmetered' });
    expect(await heldOn(account)).toBe(0n);
  });

  it('refused, not waited for, when nobody answers; and what is held in the end is given back', async () => {
    const { memberId, account } = await payer(1_000_000n);
    const late = Promise.withResolvers<void>();
    const slow = {
      ...world.sql,
      rows: async (text: string, values?: readonly unknown[]) => {
        await late.promise;
        return world.sql.rows<object>(text, values);
      },
    };
    const money = new BillingMoney(slow as never, desk, quiet);
    const call = callOf(memberId);
    expect(await money.reserve(call, plan())).toEqual({ kind: 'refused', reason: 'billing-away' });
    money.close(call);
    late.resolve();
    while (
      (await world.sql.rows('SELECT FROM hold WHERE id = $1 AND closed_at IS NOT NULL', [call.id])).length ===
      0
    );
    expect(await heldOn(account)).toBe(0n);
  });
});

describe('a call that talks on', () => {
  const talking = (memberId: string, seconds: number, id: string): Call =>
    callOf(memberId, { id, plan: plan(), answeredAt: Date.now(), cap: { seconds, armed: true } });

  it('is held for three minutes more each time, until the purse is empty; then it is the last', async () => {
    const { memberId, account } = await payer(200_000n);
    const money = new BillingMoney(world.sql, desk, quiet);
    const call = callOf(memberId);
    expect(await money.reserve(call, plan())).toEqual({ kind: 'granted', seconds: 179 });
    expect(await money.extend(talking(memberId, 179, call.id))).toEqual({
      kind: 'extended',
      maxSeconds: 199,
    });
    expect(await heldOn(account)).toBe(200_000n);
    expect(await money.extend(talking(memberId, 199, call.id))).toEqual({ kind: 'last', reason: 'credit' });
  });

  it('is the last when its hold is closed', async () => {
    const { memberId } = await payer(1_000_000n);
    const money = new BillingMoney(world.sql, desk, quiet);
    const call = callOf(memberId);
    await money.reserve(call, plan());
    await closeHolds(world.sql, [call.id], 'captured');
    expect(await money.extend(talking(memberId, 179, call.id))).toEqual({ kind: 'last', reason: 'credit' });
  });
});
