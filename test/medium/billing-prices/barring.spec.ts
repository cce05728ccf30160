import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { setAllowances, setRange } from '../../../src/billing/barring.service.js';
import { TariffDesk } from '../../../src/billing/index.js';
import { setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { Db } from '../../../src/infra/db/db.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { newId } from '../../../src/kernel/ids.js';
import { type BillingWorld, billingWorld } from '../billing/billing-world.js';
import { deck } from '../billing/tariffs.js';

let world: BillingWorld;
let listener: Listener;
let hotPool: pg.Pool;
let desk: TariffDesk;
const memberId = newId();
let account: bigint;
beforeAll(async () => {
  world = await billingWorld();
  hotPool = new pg.Pool({ max: 1 });
  listener = new Listener(world.url, { lost: () => undefined, restored: () => undefined });
  desk = new TariffDesk(new Db(world.dataSource, hotPool), new RateBook(), listener);
  desk.onModuleInit();
  const listening = new Promise<void>((resolve) => listener.onResync(resolve));
  listener.start();
  await listening;
  account = await world.payer(0n);
  await setPayer(world.sql, memberId, { accountId: account, deckId: await deck(world, 'retail', 'sale') });
});
afterAll(async () => {
  await listener.close();
  await hotPool.end();
  await world.remove();
});

/** Resolves after the desk has heard of the change. */
async function told(change: () => Promise<unknown>): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const stop = listener.on('billing', (changed) => {
      if (!changed.startsWith('barring')) return;
      stop();
      resolve();
    });
  });
  await change();
  await heard;
}

describe('the tariff desk', () => {
  it('bars premium, satellite and odd international ranges for everybody at first', async () => {
    const barred = async (e164: string, of = memberId) => desk.barredBecause(of, e164);
    expect(await barred('+19005551234')).toBe('premium');
    expect(await barred('+82601234567')).toBe('premium');
    expect(await barred('+881612345678')).toBe('satellite');
    expect(await barred('+88213123456')).toBe('international-network');
    expect(await barred('+821012345678')).toBeUndefined();
    expect(await barred('+819012345678')).toBeUndefined();
    expect(await barred('+19005551234', newId())).toBe('premium');
  });

  it('given_an_allowance_or_a_range_is_changed_when_told_then_the_next_call_knows', async () => {
    expect(await desk.barredBecause(memberId, '+19005551234')).toBe('premium');
    await told(() => world.tx((tx) => setAllowances(tx, account, ['premium'], 'test')));
    expect(await desk.barredBecause(memberId, '+19005551234')).toBeUndefined();
    expect(await desk.barredBecause(memberId, '+881612345678')).toBe('satellite');
    await told(() => setRange(world.sql, { prefix: '8816', kind: 'open', about: 'our own satellite' }));
    expect(await desk.barredBecause(memberId, '+881612345678')).toBeUndefined();
  });
});
