import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { callEnded } from '../../../src/billing/domain/call-ended.js';
import { PgCallStore } from '../../../src/exchange/call-store.js';
import { OPEN_CALLS } from '../../../src/exchange/call-store.sql.js';
import type { CallRecord } from '../../../src/exchange/domain/record.js';
import { createHotPool } from '../../../src/infra/db/pool.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type Story, story } from './story.js';

const SECOND = 1_000;

describe('the call store on PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let store: PgCallStore;
  let rung = 0;
  beforeAll(async () => {
    database = await testDatabase();
    pool = createHotPool(database.url, () => undefined);
    store = new PgCallStore(pool, () => {
      rung += 1;
    });
  });
  afterAll(async () => {
    await pool.end();
    await database.remove();
  });

  const row = async ({ id }: Story) => (await pool.query('SELECT * FROM call WHERE id = $1', [id])).rows[0];
  const count = async (table: string, column: string, { id }: Story) =>
    Number((await pool.query(`SELECT count(*) FROM ${table} WHERE ${column} = $1`, [id])).rows[0].count);

  test('given_set_up_answer_and_end_when_saved_then_one_row_its_legs_and_one_event_hold_the_facts', async () => {
    const call = story(1);
    for (const record of [call.setUp, call.answered, call.ended]) {
      expect(await store.save(record, SECOND)).toBe('saved');
    }
    expect(await row(call)).toMatchObject({
      version: 3,
      state: 'ended',
      dialled: "0262001234'; DROP TABLE call; --",
      called: '+82262001234',
      started_at: new Date('2026-05-01T00:01:00.000Z'),
      answered_at: new Date('2026-05-01T00:01:05.000Z'),
      ended_at: new Date('2026-05-01T00:02:05.000Z'),
      ended_by: 'caller',
      reason: 'hangup',
      q850: 16,
      billable: true,
      snapshot: null,
    });
    const legs = (await pool.query('SELECT * FROM call_leg WHERE call_id = $1', [call.id])).rows;
    expect(legs).toHaveLength(1);
    expect(legs[0]).toMatchObject({
      leg: 1,
      target: 'gw-kr',
      q850: 16,
      ended_at: new Date('2026-05-01T00:02:05.010Z'),
    });
    const [event] = (await pool.query('SELECT topic, payload FROM outbox WHERE id = $1', [call.id])).rows;
    expect(event.topic).toBe('call.ended');
    expect(callEnded.parse(event.payload)).toMatchObject({
      callId: call.id,
      called: '+82262001234',
      onNet: false,
    });
    // Its charge can wait for the relay's own look; the result of an ordered call can't.
    expect(rung).toBe(0);
    const other = story(9);
    const told = { state: 'done', cause: null, answeredAt: null, connectedAt: null, digits: null };
    const ordered = { ...other.ended, ordered: { ...told, id: other.id } } as unknown as CallRecord;
    expect(await store.saveEnded([ordered], SECOND)).toBe('saved');
    expect(rung).toBe(1);
  });

  test('given_an_ended_call_when_older_or_equal_saves_come_late_then_nothing_changes', async () => {
    const call = story(2);
    await store.save(call.ended, SECOND);
    const before = await row(call);
    for (const late of [call.setUp, call.answered, call.ended, call.ended]) {
      expect(await store.save(late, SECOND)).toBe('saved');
    }
    expect(await row(call)).toEqual(before);
    expect(await count('call_leg', 'call_id', call)).toBe(1);
    expect(await count('outbox', 'id', call)).toBe(1);
  });

  test('given_all_saves_at_once_in_any_order_then_the_end_wins', async () => {
    const calls = Array.from({ length: 20 }, (_, n) => story(100 + n));
    await Promise.all(
      calls.flatMap((call, n) => {
        const saves = [call.setUp, call.answered, call.ended];
        return saves.map((_, at) => store.save(saves[(at + n) % 3] ?? call.ended, 5 * SECOND));
      }),
    );
    for (const call of calls) {
      expect(await row(call)).toMatchObject({ version: 3, state: 'ended', snapshot: null });
      expect(await count('outbox', 'id', call)).toBe(1);
    }
  });

  test('given_an_open_call_when_read_back_then_the_machine_can_go_on_with_it', async () => {
    const call = story(3);
    await store.save(call.answered, SECOND);
    const open = await store.openCalls('n1');
    expect(open.find(({ id }) => id === call.id)).toEqual({ ...call.answered.snapshot, secured: true });
    expect(await store.openCalls('another-node')).toEqual([]);
    await store.save(call.ended, SECOND);
    expect((await store.openCalls('n1')).map(({ id }) => id)).not.toContain(call.id);
  });

  test('given_many_open_calls_when_saved_in_one_go_then_each_row_is_as_if_saved_alone', async () => {
    const calls = Array.from({ length: 50 }, (_, n) => story(200 + n));
    const alone = story(300);
    await store.save(alone.answered, SECOND);
    await store.save(calls[0]?.ended ?? alone.ended, SECOND);
    expect(await store.saveOpen([...calls.map((call) => call.answered)], SECOND)).toBe('saved');
    expect(await row(calls[0] ?? alone)).toMatchObject({ version: 3, state: 'ended' });
    const saved = await row(calls[1] ?? alone);
    expect(Object.keys(saved)).toHaveLength(24);
    expect(saved).toMatchObject({
      version: 2,
      state: 'talking',
      answered_at: expect.any(Date),
    });
    expect((await store.openCalls('n1')).find(({ id }) => id === calls[1]?.id)).toMatchObject({
      state: 'talking',
    });
    for (const { ended } of [...calls, alone]) await store.save(ended, SECOND);
  });

  test('given_many_ends_when_saved_in_one_go_then_each_has_its_row_legs_and_event_once_and_one_of_them_none_a_second_time', async () => {
    const calls = Array.from({ length: 20 }, (_, n) => story(400 + n));
    const [first = story(400)] = calls;
    await store.save(first.ended, SECOND);
    const before = await row(first);
    expect(await store.saveEnded([...calls.map(({ ended }) => ended)].toReversed(), SECOND)).toBe('saved');
    expect(await row(first)).toEqual(before);
    for (const call of calls) {
      expect(await row(call)).toMatchObject({
        version: 3,
        state: 'ended',
        reason: 'hangup',
        q850: 16,
        billable: true,
        ended_at: new Date(call.ended.endedAt ?? 0),
        snapshot: null,
        trace: call.ended.trace,
      });
      expect(await count('call_leg', 'call_id', call)).toBe(1);
      expect(await count('outbox', 'id', call)).toBe(1);
    }
  });

  test('given_one_of_many_ends_breaks_a_rule_of_the_table_then_none_is_saved', async () => {
    const [good, bad] = [story(430), story(431)];
    const wrong = { ...bad.ended, endedAt: bad.ended.startedAt - 1 };
    expect(await store.saveEnded([good.ended, wrong], SECOND)).toEqual({
      rejected: expect.stringContaining('check constraint'),
    });
    expect(await row(good)).toBeUndefined();
  });

  test('given_an_open_call_then_its_row_is_in_one_piece_and_says_nothing_twice', async () => {
    const call = story(432);
    await store.save(call.setUp, SECOND);
    const { snapshot, trace } = await row(call);
    expect(trace.moves).toEqual(call.setUp.trace.moves);
    expect(snapshot).not.toHaveProperty('moves');
    expect(snapshot.account ?? {}).not.toHaveProperty('steps');
    expect((await pool.query(`SELECT reloptions FROM pg_class WHERE relname = 'call'`)).rows).toEqual([
      { reloptions: ['toast_tuple_target=4080'] },
    ]);
    await store.save(call.ended, SECOND);
  });

  test('given_a_row_that_breaks_a_rule_of_the_table_then_it_is_rejected_for_good_and_not_away', async () => {
    const call = story(4);
    const wrong = { ...call.ended, endedAt: call.ended.startedAt - 1 };
    expect(await store.save(wrong, SECOND)).toEqual({
      rejected: expect.stringContaining('check constraint'),
    });
  });

  test('given_a_lock_that_is_held_when_saving_then_it_is_away_after_the_deadline', async () => {
    const call = story(5);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE call IN ACCESS EXCLUSIVE MODE');
    expect(await store.save(call.setUp, 100)).toBe('away');
    await client.query('ROLLBACK');
    client.release();
    // What timed out here is committed there all the same; the end is not undone by it.
    await store.save(call.ended, 5 * SECOND);
    expect(await row(call)).toMatchObject({ version: 3, state: 'ended' });
  });

  test('finds open calls by their own index, however many have ended', async () => {
    await pool.query(`
      INSERT INTO call (id, version, node, state, origin, caller_channel, dialled, started_at, ended_at, ended_by, reason, trace)
      SELECT gen_random_uuid(), 3, 'n1', 'ended', 'trunk', 'c', '1', now() - interval '1 hour', now(), 'caller', 'hangup', '{}'
        FROM generate_series(1, 20000)`);
    await pool.query('ANALYZE call');
    const plan = await pool.query(`EXPLAIN ${OPEN_CALLS.replace('$1', "'n1'")}`);
    expect(plan.rows.map((line) => line['QUERY PLAN']).join('\n')).toContain('call_open');
  });
});
