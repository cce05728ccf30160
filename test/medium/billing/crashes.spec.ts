import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { accountId, balanceOf, standingOf } from '../../../src/billing/accounts.service.js';
import { BillingJobs } from '../../../src/billing/billing.jobs.js';
import type { CallEnded } from '../../../src/billing/domain/call-ended.js';
import { openHold } from '../../../src/billing/holds.service.js';
import { setCarrier, setPayer } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { event, topics as everybodys } from '../../../src/events.js';
import { Db } from '../../../src/infra/db/db.js';
import type { Tx } from '../../../src/infra/db/tx.js';
import { consume } from '../../../src/infra/outbox/consume.js';
import { consumeAll } from '../../../src/infra/outbox/consume-all.js';
import { Outbox, outboxRow } from '../../../src/infra/outbox/outbox.js';
import { newId } from '../../../src/kernel/ids.js';
import { type BillingWorld, billingWorld, USD, usd } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

/** Billing alone hears of ended calls here: a message is done with when it is charged, whoever else counts calls. */
/** Alerts have a spec of their own. */
const nobodyLooks = { look: () => Promise.resolve() };
const topics = {
  ...everybodys,
  'call.ended': {
    ...everybodys['call.ended'],
    handlers: ['billing.charge-call'],
    batched: ['billing.charge-call'],
  },
} as const;

/**
 * The message of an ended call, delivered to the real consumer whose session PostgreSQL ends before its n-th statement:
 * what a killed worker, a lost network or a restarted database looks like from both sides. Then it is delivered again.
 */
let world: BillingWorld;
let db: Db;
let hotPool: pg.Pool;
const never = Number.POSITIVE_INFINITY;

beforeAll(async () => {
  world = await billingWorld();
  hotPool = new pg.Pool({ max: 1 });
  db = new Db(world.dataSource, hotPool);
  await inForce(world, await deck(world, 'retail', 'sale'), '2026-01-01T00:00:00Z', [row()]);
  await inForce(world, await deck(world, 'asked', 'carrier'), '2026-01-01T00:00:00Z', [
    row({ perMinute: 30_000n }),
  ]);
  await setCarrier(world.sql, { id: 'kt', name: 'KT', deckId: 'asked', trunks: ['kr-gateway'] });
});
afterAll(async () => {
  await hotPool.end();
  await world.remove();
});

/** Ends the session just before the n-th statement of the handler; before COMMIT when the handler has fewer. */
function dying(tx: Tx, before: number, seen: { statements: number }): Tx {
  const orDie = async () => {
    if (seen.statements++ >= before) await tx.rows('SELECT pg_terminate_backend(pg_backend_pid())');
  };
  return {
    ...tx,
    rows: async <Row extends object>(text: string, values?: readonly unknown[]) => {
      await orDie();
      return tx.rows<Row>(text, values);
    },
    run: async (text, values) => {
      await orDie();
      return tx.run(text, values);
    },
  };
}

/** One delivery of these messages as one batch. Resolves with how many it handled and how many statements the handler made. */
async function deliver(messageIds: string | readonly string[], dieBefore = never, atCommit = false) {
  const seen = { statements: 0 };
  const jobs = new BillingJobs(new RateBook(), new Outbox(db, pino({ level: 'silent' })), nobodyLooks);
  const run = async (payloads: readonly unknown[], tx: Tx) => {
    await jobs.chargeCalls(payloads as readonly CallEnded[], dying(tx, dieBefore, seen));
    if (atCommit) await tx.rows('SELECT pg_terminate_backend(pg_backend_pid())');
  };
  const handler = { handler: 'billing.charge-call', topic: 'call.ended', run };
  const outcome = await consume(db, topics, handler, [messageIds].flat()).catch(() => 'died' as const);
  return { outcome, statements: seen.statements };
}

interface Told {
  readonly messageId: string;
  readonly callId: string;
  readonly account: bigint;
  readonly payableBefore: bigint;
}
const payable = async () =>
  balanceOf(world.sql, await accountId(world.sql, { kind: 'carrier-payable', owner: 'kt', currency: USD }));

/** A call of 60 seconds by a member with 1 USD and a hold, its message in the outbox. */
async function toldCall(): Promise<Told> {
  const [memberId, callId] = [newId(), newId()];
  const account = await world.payer(1_000_000n);
  await setPayer(world.sql, memberId, { accountId: account, deckId: 'retail' });
  await openHold(world.sql, { id: callId, accountId: account, wanted: 120_000n, least: 1n }, 'call');
  const answeredAt = Date.parse('2026-11-23T12:00:00Z');
  const endedAt = answeredAt + 60_000;
  const legs = [
    { leg: 0, kind: 'trunk' as const, target: 'kr-gateway', e164: '+82262006200', answeredAt, endedAt },
  ];
  const { id, topic, payload } = outboxRow(
    event('call.ended', {
      callId,
      memberId,
      reading: 'pstn',
      called: '+82262006200',
      onNet: false,
      answeredAt,
      endedAt,
      billable: true,
      legs,
    }),
  );
  await world.sql.run('INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3)', [id, topic, payload]);
  return { messageId: id, callId, account, payableBefore: await payable() };
}

async function expectUntouched({ callId, account, payableBefore }: Told): Promise<void> {
  expect(await world.sql.rows('SELECT FROM charge WHERE call_id = $1', [callId])).toHaveLength(0);
  expect(await standingOf(world.sql, account)).toMatchObject({
    credit: usd(1_000_000n),
    held: usd(120_000n),
  });
  expect(await payable()).toBe(payableBefore);
}

async function expectChargedOnce({ callId, account, payableBefore }: Told, calls = 1): Promise<void> {
  expect(await world.sql.rows('SELECT FROM charge WHERE call_id = $1', [callId])).toHaveLength(1);
  expect(await world.sql.rows('SELECT FROM accrual WHERE call_id = $1', [callId])).toHaveLength(1);
  expect(await standingOf(world.sql, account)).toMatchObject({ credit: usd(940_000n), held: usd(0n) });
  expect(await payable()).toBe(payableBefore - 30_000n * BigInt(calls));
}

/** How many of these messages the outbox is done with. */
async function handledOf(told: readonly Told[]): Promise<number> {
  const ids = told.map(({ messageId }) => messageId);
  return (await world.sql.rows('SELECT FROM outbox WHERE id = ANY ($1) AND handled_at IS NOT NULL', [ids]))
    .length;
}

describe('the worker that charges ended calls', () => {
  it('given_it_dies_before_any_of_its_statements_when_told_again_then_the_call_is_charged_exactly_once', async () => {
    await deliver((await toldCall()).messageId); // opens the accounts, once for all
    const { statements } = await deliver((await toldCall()).messageId);
    expect(statements).toBeGreaterThan(5);
    for (let before = 0; before < statements; before++) {
      const told = await toldCall();
      expect(await deliver(told.messageId, before)).toMatchObject({
        outcome: 'died',
        statements: before + 1,
      });
      await expectUntouched(told);
      expect(await deliver(told.messageId)).toMatchObject({ outcome: 1 });
      expect(await deliver(told.messageId)).toMatchObject({ outcome: 0 });
      await expectChargedOnce(told);
    }
  });

  it('given_it_dies_before_the_commit_when_told_again_then_the_call_is_charged_exactly_once', async () => {
    const told = await toldCall();
    expect((await deliver(told.messageId, never, true)).outcome).toBe('died');
    await expectUntouched(told);
    expect((await deliver(told.messageId)).outcome).toBe(1);
    await expectChargedOnce(told);
  });

  it('given_it_dies_after_the_commit_and_even_the_note_is_lost_when_told_again_then_nothing_is_charged_twice', async () => {
    const told = await toldCall();
    expect((await deliver(told.messageId)).outcome).toBe(1);
    expect((await deliver(told.messageId)).outcome).toBe(0);
    await world.sql.run('DELETE FROM processed_message WHERE message_id = $1', [told.messageId]);
    expect((await deliver(told.messageId)).outcome).toBe(1);
    await expectChargedOnce(told);
  });

  it('given_three_deliveries_at_once_of_which_the_first_dies_when_done_then_the_call_is_charged_exactly_once', async () => {
    const told = await toldCall();
    const outcomes = await Promise.all([
      deliver(told.messageId, 6),
      deliver(told.messageId),
      deliver(told.messageId),
    ]);
    expect(outcomes.filter(({ outcome }) => outcome === 1)).toHaveLength(1);
    await expectChargedOnce(told);
  });

  it('given_the_same_call_told_in_two_messages_when_both_are_delivered_then_it_is_charged_once', async () => {
    const told = await toldCall();
    const copy = newId();
    await world.sql.run(
      'INSERT INTO outbox (id, topic, payload) SELECT $1, topic, payload FROM outbox WHERE id = $2',
      [copy, told.messageId],
    );
    const outcomes = await Promise.all([deliver(told.messageId), deliver(copy)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([1, 1]);
    await expectChargedOnce(told);
  });

  it('given_it_dies_before_any_statement_of_a_batch_when_told_again_then_each_call_is_charged_exactly_once', async () => {
    const toldCalls = async () => [await toldCall(), await toldCall(), await toldCall()];
    const idsOf = (told: readonly Told[]) => told.map(({ messageId }) => messageId);
    await deliver((await toldCall()).messageId); // opens the accounts, once for all
    const { statements } = await deliver(idsOf(await toldCalls()));
    for (let before = 0; before <= statements; before++) {
      const told = await toldCalls();
      const { outcome } = await deliver(idsOf(told), before, before === statements);
      expect(outcome).toBe('died');
      for (const one of told) await expectUntouched(one);
      expect(await handledOf(told)).toBe(0);
      // Told again in other company: one of them alone, then all of them.
      expect(await deliver(told[1]?.messageId ?? '')).toMatchObject({ outcome: 1 });
      expect(await deliver(idsOf(told).toReversed())).toMatchObject({ outcome: 2 });
      expect(await deliver(idsOf(told))).toMatchObject({ outcome: 0 });
      for (const one of told) await expectChargedOnce(one, 3);
      expect(await handledOf(told)).toBe(3);
    }
  });

  it('given_batches_that_share_calls_at_once_of_which_one_dies_then_each_call_is_charged_exactly_once', async () => {
    const told = [await toldCall(), await toldCall(), await toldCall()];
    const [a, b, c] = told.map(({ messageId }) => messageId) as [string, string, string];
    const outcomes = await Promise.all([deliver([a, b], 6), deliver([c, b, a]), deliver([b, c])]);
    const handled = outcomes.map(({ outcome }) => (outcome === 'died' ? 0 : outcome));
    expect(handled.reduce((x, y) => x + y)).toBe(3);
    for (const one of told) await expectChargedOnce(one, 3);
  });

  it('given_a_call_that_cannot_be_charged_in_a_batch_then_the_others_are_charged_and_it_alone_fails', async () => {
    const told = [await toldCall(), await toldCall(), await toldCall(), await toldCall(), await toldCall()];
    const bad = told[2]?.messageId ?? '';
    await world.sql.run(`UPDATE outbox SET payload = '{}' WHERE id = $1`, [bad]);
    const jobs = new BillingJobs(new RateBook(), new Outbox(db, pino({ level: 'silent' })), nobodyLooks);
    const handler = {
      handler: 'billing.charge-call',
      topic: 'call.ended',
      run: (payloads: readonly unknown[], tx: Tx) => jobs.chargeCalls(payloads as readonly CallEnded[], tx),
    };
    const all = await consumeAll(
      db,
      topics,
      handler,
      told.map(({ messageId }) => messageId),
    );
    expect(all.consumed).toBe(4);
    expect(all.failed.map(({ messageId }) => messageId)).toEqual([bad]);
    for (const one of told.filter(({ messageId }) => messageId !== bad)) await expectChargedOnce(one, 4);
    expect(await handledOf(told)).toBe(4);
  });
});
