import { beforeEach, describe, expect, it } from '@jest/globals';
import { hashPassword } from '../../infra/http/sessions/passwords.js';
import { agentRow, DeskFixture, service } from './desk.fixture.js';

let w: DeskFixture;
beforeEach(async () => {
  w = await DeskFixture.prepared();
});

describe('who may', () => {
  it('given_a_supervisor_of_the_same_company_then_he_hears_an_agent_who_talks_and_nobody_else_does', async () => {
    const boss = agentRow('boss', 0, { supervisor: true, number: '299' });
    const rival = agentRow('rival', 0, { supervisor: true, companyId: 'other', number: '298' });
    w.rows = { ...w.rows, agents: [agentRow('minjun', 100, { number: '201' }), boss, rival] };
    await w.desk.changed();
    await w.logIn('minjun');
    await w.waits('c1');
    expect(await w.desk.supervised('member-boss', '201')).toBeUndefined();
    w.news('agent.answered', 'c1');
    expect(await w.desk.supervised('member-boss', '201')).toEqual({ callId: 'c1', agentId: 'minjun' });
    expect(await w.desk.supervised('member-rival', '201')).toBeUndefined();
    expect(await w.desk.supervised('member-minjun', '201')).toBeUndefined();
  });

  it('given_an_agent_logs_in_at_a_phone_that_another_has_then_that_one_is_logged_out', async () => {
    await w.logIn('minjun');
    await w.desk.agent({ wish: 'log-in', member: 'member-emma', device: 'phone-minjun', reason: '' });
    expect(w.stateOf('minjun')).toBe('offline');
    expect(w.house.agents.get('emma')?.now).toMatchObject({ state: 'ready', device: 'phone-minjun' });
  });

  it('given_nobodys_phone_then_a_number_and_its_secret_are_wanted_and_guessing_comes_to_an_end', async () => {
    const asks = { wish: 'log-in', member: 'nobody', device: 'p', reason: '' } as const;
    expect(await w.desk.agent(asks)).toBe('nobody');
    for (let tries = 0; tries < 6; tries++)
      expect(await w.desk.agent({ ...asks, number: '201', pin: String(tries) })).toBe('refused');
  });
});

describe('a secret number', () => {
  it('given_a_new_one_when_the_news_of_it_has_come_then_he_is_in_by_it_and_by_the_old_one_no_more', async () => {
    const agent = agentRow('minjun', 100, { number: '201', pinHash: await hashPassword('1111') });
    w.rows = { ...w.rows, agents: [agent] };
    await w.desk.changed();
    w.rows = { ...w.rows, agents: [{ ...agent, pinHash: await hashPassword('4711') }] };
    await w.desk.changed();
    const asks = { wish: 'log-in', member: 'nobody', device: 'p', reason: '', number: '201' } as const;
    expect(await w.desk.agent({ ...asks, pin: '471' })).toBe('refused');
    expect(await w.desk.agent({ ...asks, pin: '1111' })).toBe('refused');
    expect(await w.desk.agent({ ...asks, pin: '4711' })).toBe('done');
    expect(w.stateOf('minjun')).toBe('ready');
  });
});

describe('an agent on a call of his own', () => {
  it('given_he_makes_one_then_he_is_not_rung_and_is_when_it_is_over', async () => {
    await w.logIn('minjun');
    w.ownCall('private', 'minjun');
    await w.waits('c1');
    expect(w.done).toEqual([]);
    w.ownCall('private');
    expect(w.done).toEqual(['ring c1 minjun']);
  });

  it('given_the_next_best_is_free_then_he_is_rung_instead', async () => {
    w.rows = { ...w.rows, agents: [agentRow('minjun', 100), agentRow('emma', 60)] };
    await w.desk.changed();
    await w.logIn('minjun');
    await w.logIn('emma');
    w.ownCall('private', 'minjun');
    await w.waits('c1');
    expect(w.done).toEqual(['ring c1 emma']);
  });

  it('given_he_has_two_then_he_is_free_after_both_and_told_once_each_way', async () => {
    await w.logIn('minjun');
    w.told.length = 0;
    w.ownCall('first', 'minjun');
    w.ownCall('second', 'minjun');
    w.ownCall('first');
    await w.waits('c1');
    expect(w.done).toEqual([]);
    w.ownCall('second');
    expect(w.done).toEqual(['ring c1 minjun']);
    await w.written();
    const told = w.told.filter(({ data }) => data['agentId'] === 'minjun' && 'onOwnCall' in data);
    expect(told.map(({ data }) => data['onOwnCall'])).toEqual([true, false, false]);
  });

  it('given_he_took_up_his_phone_while_the_queue_rang_it_then_he_is_not_paused_for_being_busy', async () => {
    await w.logIn('minjun');
    await w.waits('c1');
    w.ownCall('private', 'minjun');
    w.news('agent.missed', 'c1', 'minjun', 'busy');
    expect(w.stateOf('minjun')).toBe('ready');
    expect(w.done).toEqual(['ring c1 minjun']);
    w.ownCall('private');
    expect(w.done).toEqual(['ring c1 minjun', 'ring c1 minjun']);
  });

  it('given_the_exchange_died_meanwhile_then_what_calls_still_use_counts_and_nothing_else', async () => {
    await w.logIn('minjun');
    w.ownCall('gone', 'minjun');
    w.phones = [{ callId: 'still', phones: [{ device: 'phone-emma', memberId: 'member-emma' }] }];
    w.desk.settle();
    expect(w.house.agents.get('minjun')?.onOwnCall).toBe(false);
    expect(w.house.agents.get('emma')?.onOwnCall).toBe(true);
  });

  it('given_several_agents_share_a_members_phones_then_only_who_sits_at_that_phone_is_busy', async () => {
    w.rows = {
      ...w.rows,
      agents: [
        agentRow('minjun', 100, { memberId: 'office' }),
        agentRow('emma', 100, { memberId: 'office' }),
      ],
    };
    await w.desk.changed();
    for (const name of ['minjun', 'emma'])
      w.house.step(name, { type: 'logged-in', device: `phone-${name}` }, 0);
    w.desk.phones({ callId: 'private', phones: [{ device: 'phone-minjun', memberId: 'office' }] });
    await w.waits('c1');
    expect(w.done).toEqual(['ring c1 emma']);
  });
});

describe('a call straight to an agents telephone', () => {
  it('given_it_rings_is_answered_and_ends_then_his_page_hears_each_with_who_calls', () => {
    const call = {
      callId: 'c1',
      memberId: 'member-minjun',
      at: 5,
      number: '0262006100082',
      callerMemberId: 'ara',
      country: 'KR',
      language: 'ko',
      dialled: '*1',
    };
    for (const stage of ['ringing', 'talking', 'ended'] as const) w.desk.direct({ ...call, stage });
    w.desk.direct({ ...call, stage: 'ringing', memberId: 'nobody' });
    expect(w.told.map(({ type, at }) => [type, at])).toEqual(
      ['ringing', 'talking', 'ended'].map((stage) => [`call.${stage}`, [{ topic: 'desk', key: 'minjun' }]]),
    );
    expect(w.told[0]?.data).toMatchObject({ callerMemberId: 'ara', companyId: 'hanbit', dialled: '*1' });
  });
});

describe('several exchanges', () => {
  it('given_another_one_decides_then_nobody_is_rung_here_and_callers_are_told_to_try_later', async () => {
    await w.logIn('minjun');
    w.leads = false;
    expect(await w.desk.enter('c1', service('+8210'))).toEqual({ word: 'unknown' });
    w.wishes.push({ do: 'log-out', agentId: '01990000-0000-7000-8000-000000000001' });
    await w.desk.changed();
    expect(w.wishes).toHaveLength(1);
    await expect(w.logIn('emma')).rejects.toThrow();
    expect(w.done).toEqual([]);
  });

  it('given_that_one_is_gone_then_wishes_are_done_here_and_callers_are_taken', async () => {
    w.leads = false;
    w.desk.settle();
    w.phones = [{ callId: 'still', phones: [{ device: 'phone-emma', memberId: 'member-emma' }] }];
    w.leads = true;
    await w.desk.tookOver();
    expect(w.house.agents.get('emma')?.onOwnCall).toBe(true);
    await w.logIn('minjun');
    await w.waits('c1');
    expect(w.done).toEqual(['ring c1 minjun']);
  });
});
