import { beforeEach, describe, expect, it } from '@jest/globals';
import { agentRow, DeskFixture, queue, service } from './desk.fixture.js';
import type { Visit } from './queue.rows.js';

let w: DeskFixture;
beforeEach(async () => {
  w = await DeskFixture.prepared();
});

describe('a caller at a queue', () => {
  it('given_nobody_is_logged_in_then_it_is_closed', async () => {
    expect(await w.desk.enter('c1', service('+8210'))).toEqual({ word: 'closed' });
    expect(w.outcomes()).toEqual(['c1 closed']);
  });

  it('given_its_hours_are_over_then_it_is_closed_and_open_again_by_its_own_clock', async () => {
    // The clock stands at 1970-01-01T00:00Z, a Thursday: nine in the morning in Seoul.
    w.rows = {
      ...w.rows,
      queues: [{ ...queue, hours: [{ days: [4], from: '09:30', to: '18:00', timeZone: 'Asia/Seoul' }] }],
    };
    await w.desk.changed();
    await w.logIn('minjun');
    expect(await w.desk.enter('c1', service('+8210'))).toEqual({ word: 'closed' });
    w.clock.advance(1_800_000);
    expect(await w.desk.enter('c2', service('+8210'))).toMatchObject({ facts: { language: 'ko' } });
  });

  it('given_as_many_wait_as_may_then_it_is_full', async () => {
    await w.logIn('emma');
    await w.waits('c1');
    await w.waits('c2');
    expect(await w.desk.enter('c3', service('+8213'))).toEqual({ word: 'full' });
  });

  it('given_he_has_waited_the_longest_time_then_he_is_told_and_let_go', async () => {
    w.rows = { ...w.rows, agents: [agentRow('emma', 0)] };
    await w.desk.changed();
    await w.logIn('emma');
    await w.waits('c1');
    w.clock.advance(299_999);
    expect(w.done).toEqual([]);
    w.clock.advance(1);
    expect(w.done).toEqual(['close c1 timed-out']);
    expect(w.outcomes()).toEqual(['c1 timed-out']);
  });

  it('given_waiting_alone_lets_another_agent_take_him_then_he_is_rung_at_that_moment', async () => {
    await w.logIn('emma');
    await w.waits('c1');
    w.clock.advance(60_000);
    expect(w.done).toEqual([]);
    w.clock.advance(1);
    expect(w.done).toEqual(['ring c1 emma']);
  });

  it('given_the_agent_is_not_reached_then_the_next_is_rung_with_the_one_who_came_first', async () => {
    await w.logIn('minjun');
    await w.waits('c1');
    w.clock.advance(1_000);
    await w.waits('c2');
    expect(w.done).toEqual(['ring c1 minjun']);
    w.news('agent.missed', 'c1');
    await w.logIn('minjun');
    expect(w.done).toEqual(['ring c1 minjun', 'ring c1 minjun']);
    expect([...w.saved.values()][0]).toMatchObject({ missed: 1, enteredAt: w.clock.now().getTime() - 1_000 });
  });

  it('given_he_hangs_up_while_an_agent_is_rung_then_the_agent_is_free_when_his_phone_is_silent', async () => {
    await w.logIn('minjun');
    await w.waits('c1');
    w.news('call.over', 'c1');
    expect(w.outcomes()).toEqual(['c1 abandoned']);
    expect(w.stateOf('minjun')).toBe('ringing');
    w.news('agent.missed', 'c1', 'minjun', 'given-up');
    expect(w.stateOf('minjun')).toBe('ready');
    expect(w.house.visits.size).toBe(0);
  });

  it('given_the_talk_is_over_then_the_agent_wraps_up_and_is_ready_by_himself', async () => {
    await w.logIn('minjun');
    await w.waits('c1');
    w.news('agent.answered', 'c1');
    w.clock.advance(30_000);
    w.news('agent.talked', 'c1');
    expect(w.stateOf('minjun')).toBe('wrap-up');
    expect(w.outcomes()).toEqual(['c1 answered']);
    w.clock.advance(10_000);
    expect(w.stateOf('minjun')).toBe('ready');
  });

  it('given_nobody_knows_his_language_then_he_is_asked_and_what_he_chose_before_counts', async () => {
    await w.logIn('minjun');
    expect(await w.desk.enter('c1', service('+41445550001', { country: 'CH' }))).toMatchObject({
      facts: { choices: ['en', 'ko'] },
    });
    await w.desk.choose('c1', 'ko');
    expect(w.done).toEqual(['remember +41445550001 ko']);
    expect(await w.desk.enter('c2', service('+41445550000', { country: 'CH' }))).toMatchObject({
      facts: { choices: [], language: 'en' },
    });
  });

  it('given_calls_of_his_country_are_recorded_then_he_is_told_first_and_not_again_after_a_restart', async () => {
    w.rule = { mode: 'announced', keepDays: 30 };
    await w.logIn('minjun');
    expect(await w.desk.enter('c1', service('+8210'))).toMatchObject({ facts: { consent: true } });
    expect(await w.desk.enter('c1', service('+8210'))).toMatchObject({ facts: { consent: false } });
    expect(w.saved.size).toBe(1);
  });

  it('given_he_wants_to_be_called_back_then_he_keeps_his_place_without_a_telephone', async () => {
    await w.logIn('emma');
    await w.waits('c1', '+821012345678');
    w.clock.advance(1_000);
    await w.waits('c2', '+821099');
    expect(await w.desk.place('c1')).toMatchObject({ position: 1, callback: true });
    expect(await w.desk.callBack('c1')).toBe(true);
    w.news('call.over', 'c1');
    await w.logIn('minjun');
    expect(w.done).toEqual(['call back +821012345678']);
    const orderId = [...w.saved.values()][0]?.callbackOrderId;
    w.wishes = [{ do: 'called-back', orderId, answered: true, connected: true }];
    await w.desk.changed();
    expect(w.outcomes()[0]).toBe('c1 called-back');
    w.clock.advance(10_000);
    expect(w.done.at(-1)).toBe('ring c2 minjun');
  });

  it('given_his_number_is_withheld_then_nobody_can_call_him_back', async () => {
    await w.logIn('emma');
    const { number: _, ...withheld } = service('').visitor;
    await w.desk.enter('c1', { ...service(''), visitor: withheld });
    expect(await w.desk.place('c1')).toMatchObject({ callback: false });
    expect(await w.desk.callBack('c1')).toBe(false);
  });
});

describe('after a crash', () => {
  const visit = (state: Visit['state'], agentId: string | null): Visit => ({
    id: 'v1',
    callId: 'c1',
    node: 'here',
    queueId: 'seoul',
    companyId: 'hanbit',
    callerNumber: null,
    callerMemberId: null,
    dialled: '1',
    country: 'KR',
    language: 'ko',
    priority: 0,
    enteredAt: w.clock.now().getTime(),
    state,
    agentId,
    onlyAgentId: null,
    rungAt: null,
    answeredAt: state === 'talking' ? 1 : null,
    missed: 0,
    callbackOrderId: null,
    outcome: null,
    endedAt: null,
  });
  const busy = (state: 'ringing' | 'talking') =>
    w.house.setUp([queue], [agentRow('minjun', 100, { state, device: 'p', queueCallId: 'v1' })], new Map());
  beforeEach(() => w.house.setUp([queue], [], new Map()));

  it.each([
    // He is rung once more at once: the caller waits on.
    ['ringing', 'is open and nobody rings', [], 'ringing', null],
    ['ringing', 'is gone', undefined, 'ready', 'lost'],
    ['talking', 'is gone', undefined, 'wrap-up', 'answered'],
  ] as const)(
    'given_a_caller_was_%s_and_his_call_%s_then_the_agent_is_free_for_the_next',
    (state, _, agents, now, outcome) => {
      busy(state);
      w.house.set(visit(state, 'minjun'), false);
      if (agents !== undefined) w.open.set('c1', agents);
      w.desk.settle();
      expect(w.stateOf('minjun')).toBe(now);
      expect(w.saved.get('v1')?.outcome ?? null).toBe(outcome);
    },
  );

  it('given_they_still_talk_then_nothing_changes', () => {
    busy('talking');
    w.house.set(visit('talking', 'minjun'), false);
    w.open.set('c1', ['minjun']);
    w.desk.settle();
    expect(w.stateOf('minjun')).toBe('talking');
    expect(w.saved.size).toBe(0);
  });
});
