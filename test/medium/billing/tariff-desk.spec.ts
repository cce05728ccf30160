import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { accountId } from '../../../src/billing/accounts.service.js';
import { rate } from '../../../src/billing/domain/rating.js';
import { noteRate } from '../../../src/billing/exchange-rates.service.js';
import { affordable, type CallTariff, sliceAfter, TariffDesk } from '../../../src/billing/index.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency, money } from '../../../src/kernel/money.js';
import { type BillingWorld, billingWorld } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

let world: BillingWorld;
let listener: Listener;
let desk: TariffDesk;
let asked = 0;
const now = Date.parse('2026-11-23T12:00:00Z');
beforeAll(async () => {
  world = await billingWorld();
  listener = new Listener(world.url, { lost: () => undefined, restored: () => undefined });
  const db = new Db(world.dataSource, new pg.Pool({ max: 1 }));
  const counting = Object.assign(Object.create(db), {
    rows: (text: string, values: readonly unknown[]) => {
      asked += 1;
      return db.rows(text, values);
    },
  });
  desk = new TariffDesk(counting, new RateBook(), listener);
  desk.onModuleInit();
  const listening = new Promise<void>((resolve) => listener.onResync(resolve));
  listener.start();
  await listening;
  for (const [id, perMinute] of [
    ['cheap', 10_000n],
    ['dear', 90_000n],
  ] as const)
    await inForce(world, await deck(world, id, 'sale'), '2026-01-01T00:00:00Z', [row({ perMinute })]);
});
afterAll(async () => {
  await listener.close();
  await world.remove();
});

/** Resolves after the desk has heard of the next change. */
async function told(change: () => Promise<unknown>, of: string): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const stop = listener.on('billing', (changed) => {
      if (!changed.startsWith(of)) return;
      stop();
      resolve();
    });
  });
  await change();
  await heard;
}
const perMinute = async (memberId: string, at = now) => {
  const tariff = await desk.tariffOf(memberId, at);
  const talk = { e164: '+8221234567', onNet: false, answeredAt: at };
  return typeof tariff === 'string'
    ? tariff
    : rate(tariff.deck, { ...talk, durationMs: 60_000 }, tariff.conversion).amount.micros;
};

describe('the tariff desk', () => {
  it('knows a payer’s tariff, asks the database once, and hears of every change', async () => {
    const memberId = newId();
    const account = await world.payer(0n);
    expect(await desk.tariffOf(memberId, now)).toBe('no-payer');
    await told(() => setPayer(world.sql, memberId, { accountId: account, deckId: 'cheap' }), 'payer');
    expect(await perMinute(memberId)).toBe(10_000n);
    const before = asked;
    expect(await perMinute(memberId)).toBe(10_000n);
    expect(asked).toBe(before);
    await told(() => setPayer(world.sql, memberId, { accountId: account, deckId: 'dear' }), 'payer');
    expect(await perMinute(memberId)).toBe(90_000n);
    await told(() => inForce(world, 'dear', '2026-11-23T00:00:00Z', [row({ perMinute: 1_000n })]), 'deck');
    expect(await perMinute(memberId)).toBe(1_000n);
    expect(await perMinute(memberId, now - 86_400_000)).toBe(90_000n);
    expect(await desk.tariffOf(memberId, Date.parse('2025-01-01T00:00:00Z'))).toBe('no-deck');
  });

  it('holds in the account’s currency', async () => {
    const KRW = currency('KRW');
    const memberId = newId();
    const account = await accountId(world.sql, { kind: 'member', owner: memberId, currency: KRW });
    await told(() => setPayer(world.sql, memberId, { accountId: account, deckId: 'cheap' }), 'payer');
    expect(await desk.tariffOf(memberId, now)).toBe('no-exchange-rate');
    const rate = { from: currency('USD'), to: KRW, day: '2026-11-01', rate: '1400', source: 'test' };
    await told(() => noteRate(world.sql, rate), 'rates');
    const tariff = (await desk.tariffOf(memberId, now)) as CallTariff;
    expect(tariff.accountId).toBe(account);
    const talk = { e164: '+8221234567', onNet: false, answeredAt: now };
    expect(sliceAfter(tariff.deck, talk, 0, tariff.conversion)?.wanted).toEqual(money(42_000_000n, KRW));
    expect(affordable(tariff.deck, talk, money(14_000_000n, KRW), tariff.conversion)).toBe(60_000);
  });
});
