import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { forgetDue } from '../../../src/exchange/retention/retention.service.js';
import { newId } from '../../../src/kernel/ids.js';
import { type Desk, memberNamed, openDesk } from '../desk/desk.js';

/** Seoul goes by KR (365 days), New York by US (548), a trunk's callers by '*' (365). */
const kim = memberNamed('Kim Ara');
const grace = memberNamed('Grace Hall');
const DAY_MS = 86_400_000;
const now = new Date('2026-11-27T12:00:00Z');
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.run('DELETE FROM call');
  await desk.db.run('DELETE FROM voice_message');
  await desk.db.run('DELETE FROM retention_mark');
  await desk.db.run('DELETE FROM legal_hold');
});

/** A call that ended so many days ago, and was told to a phone; its id. */
async function called(member: string | null, daysAgo: number, device = 'lab-jp'): Promise<string> {
  const id = newId();
  const at = new Date(now.getTime() - daysAgo * DAY_MS);
  await desk.db.run(
    `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, trunk_id, dialled, reading, called, calling,
                       started_at, answered_at, ended_at, ended_by, reason, q850, billable, trace)
     VALUES ($1, 3, 'n', 'ended', $2, 'chan-1', $3, $4, '0262001234', 'pstn', '+82262001234', '0262006100082', $5, $5,
             $5::timestamptz + interval '1 minute', 'caller', 'hangup', 16, true, '{"steps": [{"step": "pstn"}], "candidates": [], "moves": []}')`,
    [id, member === null ? 'trunk' : 'member', member, member === null ? 'gw-kr' : null, at],
  );
  await desk.db.run(
    `INSERT INTO call_leg (call_id, leg, channel_id, attempt, kind, target, called, calling, created_at, ended_at, q850)
     VALUES ($1, 1, 'x', 1, 'device', $3, '0262001234', '0262006100', $2, $2, 16)`,
    [id, at, device],
  );
  return id;
}

async function numbersOf(id: string): Promise<string> {
  const [row] = await desk.db.rows<{ told: string }>(
    `SELECT concat_ws(' ', c.dialled, c.called, c.calling, l.called, l.calling, c.trace ->> 'steps') AS told
       FROM call c JOIN call_leg l ON l.call_id = c.id WHERE c.id = $1`,
    [id],
  );
  return (row?.told ?? '').trim();
}

it('given_calls_of_two_countries_when_their_times_are_over_then_each_forgets_by_its_own_rule_and_keeps_what_accounts_are_made_of', async () => {
  const old = await called(kim, 366);
  const young = await called(kim, 364);
  const abroad = await called(grace, 366);
  const olderAbroad = await called(grace, 549);
  const stranger = await called(null, 366);
  expect(await forgetDue(desk.db, now)).toEqual({ calls: 3, messages: 0 });
  expect(await numbersOf(old)).toBe('[]');
  expect(await numbersOf(olderAbroad)).toBe('[]');
  expect(await numbersOf(stranger)).toBe('[]');
  for (const kept of [young, abroad]) expect(await numbersOf(kept)).toContain('+82262001234');
  const [row] = await desk.db.rows(
    `SELECT member_id AS member, reading, reason, q850, extract(epoch FROM ended_at - answered_at)::int AS talked FROM call WHERE id = $1`,
    [old],
  );
  expect(row).toEqual({ member: kim, reading: 'pstn', reason: 'hangup', q850: 16, talked: 60 });
  // Done once, and the console still shows what is left.
  expect(await forgetDue(desk.db, now)).toEqual({ calls: 0, messages: 0 });
  expect((await desk.ask(`GET /v1/calls/${old}`)).status).toBe(200);
});

it('given_a_legal_hold_then_nothing_of_that_member_is_forgotten_as_caller_or_as_called_until_it_is_lifted', async () => {
  const placed = await desk.ask(`PUT /v1/legal-holds/${kim}`, { reason: 'a court' });
  expect(placed.status).toBe(204);
  const own = await called(kim, 400);
  const toHim = await called(null, 400, 'lab-a');
  const message = newId();
  await desk.db.run(
    `INSERT INTO voice_message (id, mailbox, node, duration_ms, received_at) VALUES ($1, $2, 'n', 1000, $3)`,
    [message, kim, new Date(now.getTime() - 91 * DAY_MS)],
  );
  expect(await forgetDue(desk.db, now)).toEqual({ calls: 0, messages: 0 });
  expect(await numbersOf(own)).toContain('0262001234');
  expect(await numbersOf(toHim)).toContain('0262001234');
  expect((await desk.ask('GET /v1/legal-holds')).body).toMatchObject({
    items: [{ memberId: kim, reason: 'a court' }],
  });
  expect((await desk.ask(`DELETE /v1/legal-holds/${kim}`)).status).toBe(204);
  expect(await forgetDue(desk.db, now)).toEqual({ calls: 2, messages: 1 });
});

it('given_a_rule_is_changed_then_calls_of_any_age_go_by_it_and_the_rule_for_all_others_stays', async () => {
  const id = await called(kim, 31);
  await forgetDue(desk.db, now);
  expect(await numbersOf(id)).toContain('0262001234');
  const rule = 'retention-rules/call-details/KR';
  expect(await desk.ask(`PUT /v1/${rule}`, { keepDays: 30 })).toMatchObject({
    status: 200,
    body: { kind: 'call-details', country: 'KR', keepDays: 30 },
  });
  expect(await forgetDue(desk.db, now)).toMatchObject({ calls: 1 });
  expect((await desk.ask(`DELETE /v1/${rule}`)).status).toBe(204);
  expect((await desk.ask('DELETE /v1/retention-rules/call-details/*')).status).toBe(404);
  expect((await desk.ask(`PUT /v1/${rule}`, { keepDays: 0 })).status).toBe(400);
  const support = await desk.account('support');
  expect((await desk.ask(`PUT /v1/${rule}`, { keepDays: 30 }, support)).status).toBe(403);
});
