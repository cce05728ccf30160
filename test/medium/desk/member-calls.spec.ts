import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import type { SignedIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from './desk.js';

interface Calls {
  readonly items: readonly {
    id: string;
    direction: 'in' | 'out';
    number: string | null;
    answeredAt: string | null;
    cost: { amount: string; currency: string } | null;
  }[];
  readonly nextCursor: string | null;
}

describe("a member's own calls", () => {
  let desk: Desk;
  let kim: SignedIn;
  const ara = memberNamed('Kim Ara');
  const bomin = memberNamed('Lee Bomin');

  const called = async (memberId: string, dialled: string, minute: number): Promise<string> => {
    const id = newId();
    const at = `2026-05-01T00:${String(minute).padStart(2, '0')}:00Z`;
    await desk.db.rows(
      `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, dialled, started_at, answered_at,
                         ended_at, ended_by, reason, trace)
       VALUES ($1, 1, 'n1', 'ended', 'member', 'c', $2, $3, $4, $4, $4::timestamptz + interval '1 minute', 'caller',
               'hangup', '{}')`,
      [id, memberId, dialled, at],
    );
    return id;
  };
  const charged = (callId: string, revision: number, micros: number) =>
    desk.db.rows(
      `INSERT INTO charge (call_id, member_id, on_net, revision, e164, answered_at, duration_ms, result, amount_micros,
                           currency, prefix, billed_ms)
       VALUES ($1, $2, false, $3, '+82262001234', '2026-05-01T00:00:00Z', 60000, 'rated', $4, 'USD', '82', 60000)`,
      [callId, ara, revision, micros],
    );

  beforeAll(async () => {
    desk = await openDesk();
    kim = await desk.account('member', { memberId: ara });
  });
  afterAll(() => desk.close());

  const calls = async (of: string, query = '', who = kim) => {
    const answer = await desk.ask(`GET /v1/members/${of}/calls${query}`, undefined, who);
    return { status: answer.status, body: answer.body as Calls, text: answer.text };
  };

  test('given_calls_with_and_without_price_when_listed_then_newest_first_with_the_last_revision', async () => {
    const first = await called(ara, '0262001234', 1);
    const second = await called(ara, '*43', 2);
    await called(bomin, '0299999999', 3);
    await charged(first, 0, 1_000_000);
    await charged(first, 1, 1_250_000);
    const { body, text } = await calls(ara);
    expect(body.items.map(({ id }) => id)).toEqual([second, first]);
    expect(body.items.map(({ cost }) => cost?.amount ?? null)).toEqual([null, '1.25']);
    expect(text).not.toContain('trunk');
  });

  test('given_more_than_a_page_when_the_cursor_is_followed_then_each_comes_once', async () => {
    const one = await calls(ara, '?limit=1');
    const two = await calls(ara, `?limit=1&cursor=${one.body.nextCursor}`);
    expect(two.body.nextCursor).toBeNull();
    expect(one.body.items[0]?.id).not.toBe(two.body.items[0]?.id);
  });

  /** A call to one of her numbers: who called as the trunk said it, and as her telephone was shown it. */
  const got = async (
    called: string,
    at: string,
    { answered = false, shown }: { answered?: boolean; shown?: string | null } = {},
  ): Promise<string> => {
    const id = newId();
    await desk.db.rows(
      `INSERT INTO call (id, version, node, state, origin, caller_channel, dialled, reading, called, calling, started_at, answered_at,
                         ended_at, ended_by, reason, trace)
       VALUES ($1, 1, 'n1', 'ended', 'trunk', 'c', '0262006100', 'pin', $2, '+82262007777', $3, CASE WHEN $4 THEN $3::timestamptz END,
               $3::timestamptz + interval '1 minute', 'caller', 'hangup', '{"candidates":[]}')`,
      [id, called, at, answered],
    );
    if (shown !== undefined) {
      await desk.db.rows(
        `INSERT INTO call_leg (call_id, leg, channel_id, attempt, kind, target, called, calling, created_at, ended_at, q850)
         VALUES ($1, 1, 'l', 1, 'device', 'd', 'd', $2, $3, $3, 16)`,
        [id, shown, at],
      );
    }
    return id;
  };

  test('given_calls_to_her_numbers_when_listed_then_who_called_is_what_was_shown_and_what_others_paid_is_not_told', async () => {
    const missed = await got('0262006100082', '2026-06-01T00:00:00Z');
    const talked = await got('0262006100082', '2026-06-01T00:01:00Z', { answered: true, shown: '02-1' });
    const hidden = await got('0262006100082', '2026-06-01T00:02:00Z', { shown: null });
    await desk.db.rows('UPDATE call SET origin = $2, member_id = $3 WHERE id = $1', [
      hidden,
      'member',
      bomin,
    ]);
    const paid = (call: string, payer: string, micros: number) =>
      desk.db.rows(
        `INSERT INTO charge (call_id, member_id, on_net, revision, e164, answered_at, duration_ms, result, amount_micros,
                             currency, prefix, billed_ms)
         VALUES ($1, $2, false, 0, '+82262001234', '2026-06-01T00:00:00Z', 60000, 'rated', $3, 'USD', '82', 60000)`,
        [call, payer, micros],
      );
    await paid(talked, bomin, 9_000_000);
    await paid(missed, ara, 2_000_000);
    const { body, text } = await calls(ara, '?direction=in');
    expect(
      body.items.map(({ id, number, answeredAt, cost }) => [
        id,
        number,
        answeredAt !== null,
        cost?.amount ?? null,
      ]),
    ).toEqual([
      [hidden, null, false, null],
      [talked, '02-1', true, null],
      [missed, '+82262007777', false, '2.00'],
    ]);
    expect(text).not.toContain('candidates');
    const both = await calls(ara);
    expect(both.body.items.map(({ direction }) => direction)).toEqual(['in', 'in', 'in', 'out', 'out']);
    expect((await calls(ara, '?direction=out')).body.items.map(({ direction }) => direction)).toEqual([
      'out',
      'out',
    ]);
  });

  test('given_another_member_or_an_agent_when_asking_then_there_is_no_such_member', async () => {
    expect((await calls(bomin)).status).toBe(404);
    expect((await calls(newId())).status).toBe(404);
    const agent = await desk.account('agent');
    expect((await calls(ara, '', agent)).status).toBe(403);
  });
});
