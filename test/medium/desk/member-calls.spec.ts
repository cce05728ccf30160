import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import type { SignedIn } from '../../support/http-client.js';
import { type Desk, memberNamed, openDesk } from './desk.js';

interface Calls {
  readonly items: readonly {
    id: string;
    dialled: string;
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

  test('given_another_member_or_an_agent_when_asking_then_there_is_no_such_member', async () => {
    expect((await calls(bomin)).status).toBe(404);
    expect((await calls(newId())).status).toBe(404);
    const agent = await desk.account('agent');
    expect((await calls(ara, '', agent)).status).toBe(403);
  });
});
