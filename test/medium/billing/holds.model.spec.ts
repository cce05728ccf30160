import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { affordable } from '../../../src/billing/domain/affordable.js';
import type { Rate, RateDeck } from '../../../src/billing/domain/rate-deck.js';
import { rate } from '../../../src/billing/domain/rating.js';
import { sampleDeck, sampleRate } from '../../../src/billing/domain/sample-deck.js';
import { sliceAfter } from '../../../src/billing/domain/slice.js';
import { closeHolds, type HoldWish } from '../../../src/billing/holds.service.js';
import { credit, debit, post } from '../../../src/billing/ledger.service.js';
import { newId } from '../../../src/kernel/ids.js';
import type { Money } from '../../../src/kernel/money.js';
import { type BillingWorld, billingWorld, USD, usd } from './billing-world.js';

/**
 * One account, up to five calls on it, their set-ups, talk, extensions and ends shuffled: 10,000 times. A call that gets
 * no more money is cut when its held time is over, and because cutting takes a moment it may reach into the next
 * increment. Whatever the order, all that is spent is the balance and at most one increment for each call open at once.
 */
const INTERLEAVINGS = 10_000;
const talk = { e164: '+82262006200', onNet: false, answeredAt: 0 };
const tariffs = [
  { perMinute: 60_000n },
  { perMinute: 90_000n, connectFee: 40_000n, firstMs: 30_000, nextMs: 6_000 },
  { perMinute: 30_000n, firstMs: 60_000, nextMs: 60_000 },
  { perMinute: 1_200_000n, freeMs: 10_000, minimumMs: 20_000, nextMs: 10_000 },
].map((one) => sampleRate(one));

let world: BillingWorld;
let revenue: bigint;
beforeAll(async () => {
  world = await billingWorld();
  revenue = await accountId(world.sql, { kind: 'revenue', owner: 'calls', currency: USD });
});
afterAll(() => world.remove());

it('given_10000_interleavings_of_calls_when_all_have_ended_then_no_balance_is_overspent_by_more_than_an_increment_per_open_call', async () => {
  const accounts = await prepaidAccounts(INTERLEAVINGS);
  const runs = accounts.map((account, seed) => new Interleaving(account, seed));
  await stepTogether(runs);

  const overspent = runs.filter((run) => run.spent > run.account.prepaid);
  for (const run of overspent)
    expect(run.spent - run.account.prepaid).toBeLessThanOrEqual(run.overspendLimit);
  // The model is worth something only if money ran short, calls were cut late, and calls shared an account.
  expect(overspent.length).toBeGreaterThan(INTERLEAVINGS / 20);
  expect(runs.filter((run) => run.mostOpen > 1).length).toBeGreaterThan(INTERLEAVINGS / 4);
  expect(runs.filter((run) => run.refused > 0).length).toBeGreaterThan(INTERLEAVINGS / 20);

  const kept = await world.sql.rows<{ account_id: string; balance: string; held: string }>(
    'SELECT account_id, balance_micros AS balance, held_micros AS held FROM account_balance WHERE account_id = ANY ($1)',
    [accounts.map(({ id }) => id)],
  );
  const expected = runs.map(({ account, spent }) => [
    String(account.id),
    String(spent - account.prepaid),
    '0',
  ]);
  expect(kept.map((row) => [row.account_id, row.balance, row.held]).sort()).toEqual(expected.sort());
}, 120_000);

interface Account {
  readonly id: bigint;
  readonly prepaid: bigint;
}
interface OpenCall {
  readonly id: string;
  talkedMs: number;
  coveredMs: number;
}
type Step =
  | { readonly verb: 'open_hold' | 'extend_hold'; readonly wish: HoldWish }
  | { readonly verb: 'charge'; readonly callId: string; readonly account: bigint; readonly amount: Money };

/** What happens on one account, one step after the other: yields what is asked of billing, is told what came of it. */
class Interleaving {
  spent = 0n;
  refused = 0;
  mostOpen = 0;
  readonly steps: Generator<Step, void, bigint | undefined>;
  private readonly random: () => number;
  private readonly tariff: Rate;
  private readonly deck: RateDeck;
  private readonly open: OpenCall[] = [];

  constructor(
    readonly account: Account,
    seed: number,
  ) {
    this.random = mulberry32(seed);
    this.tariff = tariffs[seed % tariffs.length] as Rate;
    this.deck = sampleDeck([this.tariff]);
    this.steps = this.shuffled(1 + Math.floor(this.random() * 5));
  }

  /** One increment for each call that was open at once. */
  get overspendLimit(): bigint {
    return BigInt(this.mostOpen) * ((this.tariff.perMinute * BigInt(this.tariff.nextMs)) / 60_000n);
  }

  private *shuffled(toCome: number): Generator<Step, void, bigint | undefined> {
    for (let left = toCome; left > 0 || this.open.length > 0; ) {
      const call = this.open[Math.floor(this.random() * (this.open.length + Math.sign(left)))];
      if (call !== undefined) {
        yield* this.goOn(call);
        continue;
      }
      left -= 1;
      const id = newId();
      const held = yield { verb: 'open_hold', wish: this.wish(id, 0) };
      if (held === undefined) this.refused += 1;
      else this.open.push({ id, talkedMs: 0, coveredMs: this.lasts(held) });
      this.mostOpen = Math.max(this.mostOpen, this.open.length);
    }
  }

  /** Talks on; hangs up, or wants more before the held time is over, or is cut because there is no more. */
  private *goOn(call: OpenCall): Generator<Step, void, bigint | undefined> {
    call.talkedMs = Math.min(call.coveredMs, call.talkedMs + Math.floor(this.random() * 100_000));
    const hangsUp = this.random() < 0.15;
    if (!hangsUp && call.coveredMs - call.talkedMs > 30_000) return;
    if (!hangsUp) {
      const held = yield { verb: 'extend_hold', wish: this.wish(call.id, call.coveredMs) };
      if (held !== undefined) {
        call.coveredMs = this.lasts(held);
        return;
      }
      call.talkedMs = call.coveredMs + Math.floor(this.random() * this.tariff.nextMs);
    }
    this.open.splice(this.open.indexOf(call), 1);
    const { amount } = rate(this.deck, { ...talk, durationMs: call.talkedMs });
    this.spent += amount.micros;
    yield { verb: 'charge', callId: call.id, account: this.account.id, amount };
  }

  private wish(id: string, coveredMs: number): HoldWish {
    const slice = sliceAfter(this.deck, talk, coveredMs);
    if (slice === undefined) throw new Error('the sample deck reaches everywhere');
    return { id, accountId: this.account.id, wanted: slice.wanted.micros, least: slice.least.micros };
  }

  private lasts(held: bigint): number {
    return affordable(this.deck, talk, usd(held)) ?? 0;
  }
}

/** Takes one step in every interleaving at a time: different accounts have nothing to do with each other. */
async function stepTogether(runs: readonly Interleaving[]): Promise<void> {
  const answers = new Map<Interleaving, bigint | undefined>();
  for (let going = runs; going.length > 0; ) {
    const asked: (readonly [Interleaving, Step])[] = [];
    for (const run of going) {
      const next = run.steps.next(answers.get(run));
      if (!next.done) asked.push([run, next.value]);
    }
    answers.clear();
    for (const verb of ['open_hold', 'extend_hold'] as const) await take(verb, asked, answers);
    await charge(asked.flatMap(([, step]) => (step.verb === 'charge' ? [step] : [])));
    going = asked.map(([run]) => run);
  }
}

async function take(
  verb: 'open_hold' | 'extend_hold',
  asked: readonly (readonly [Interleaving, Step])[],
  answers: Map<Interleaving, bigint | undefined>,
): Promise<void> {
  const takers = asked.flatMap(([run, step]) => (step.verb === verb ? [[run, step.wish] as const] : []));
  const purpose = verb === 'open_hold' ? `'call', ` : '';
  const rows = await world.sql.rows<{ held: string | null }>(
    `SELECT ${verb}(id, account, ${purpose}wanted, least) AS held
       FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
            WITH ORDINALITY AS wish (id, account, wanted, least, n) ORDER BY n`,
    (['id', 'accountId', 'wanted', 'least'] as const).map((field) => takers.map(([, wish]) => wish[field])),
  );
  for (const [at, [run]] of takers.entries()) {
    const held = rows[at]?.held;
    answers.set(run, held == null ? undefined : BigInt(held));
  }
}

async function charge(ended: readonly Extract<Step, { verb: 'charge' }>[]): Promise<void> {
  await world.tx(async (tx) => {
    const ids = ended.map(({ callId }) => callId);
    await closeHolds(tx, ids, 'captured');
    const charged = ended.filter(({ amount }) => amount.micros > 0n);
    await post(
      tx,
      charged.map(({ callId, account, amount }) => ({
        key: `charge:${callId}`,
        kind: 'call-charge',
        occurredAt: new Date(0),
        entries: [debit(account, amount), credit(revenue, amount)],
      })),
    );
  });
}

/** Accounts with 0 to 1 USD on them. */
async function prepaidAccounts(count: number): Promise<readonly Account[]> {
  const bank = await accountId(world.sql, { kind: 'bank', owner: 'test', currency: USD });
  const rows = await world.sql.rows<{ id: string }>(
    `INSERT INTO ledger_account (kind, owner, currency)
     SELECT 'member', 'model ' || n, 'USD' FROM generate_series(1, $1::int) n RETURNING id`,
    [count],
  );
  const random = mulberry32(count);
  const accounts = rows.map(({ id }) => ({
    id: BigInt(id),
    prepaid: BigInt(1 + Math.floor(random() * 1_000_000)),
  }));
  await world.tx((tx) =>
    post(
      tx,
      accounts.map(({ id, prepaid }) => ({
        key: `top-up:${id}`,
        kind: 'top-up',
        occurredAt: new Date(0),
        entries: [debit(bank, usd(prepaid)), credit(id, usd(prepaid))],
      })),
    ),
  );
  return accounts;
}

/** A small seeded generator (Tommy Ettinger's mulberry32, public domain): the same seed, the same interleaving. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
