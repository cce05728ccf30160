import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentToRing, QueueHands } from '../../../exchange/index.js';
import { ManualClock } from '../../../kernel/clock.js';
import { DeskFixture, service } from '../desk.fixture.js';
import { AskingDesk } from './asking-desk.js';
import { FarExchanges } from './far-exchanges.js';
import type { ToExchange, ToLeader } from './letters.js';

/** Letters are sent at once, and kept. */
const writes = { push: (write: () => Promise<unknown>) => void write() };
const ring: AgentToRing = { agentId: 'minjun', memberId: 'm', device: 'p', seconds: 20, survey: false };

describe('the exchange that decides, about callers of another one', () => {
  let leader: DeskFixture;
  let far: FarExchanges;
  let sent: ToExchange[];
  const take = (letter: ToLeader) => far.take('busan', letter);

  beforeEach(async () => {
    sent = [];
    leader = await DeskFixture.prepared((node) => far.handsAt(node));
    far = new FarExchanges({
      node: 'here',
      desk: () => leader.desk,
      post: { toExchange: async (_, letter) => void sent.push(letter) },
      writes,
      clock: leader.clock,
      log: { warn: () => undefined },
    });
    await leader.logIn('minjun');
    await take({
      is: 'question',
      id: 'q',
      question: { is: 'enter', callId: 'c1', service: service('+8210000') },
    });
    await take({ is: 'line-up', callId: 'c1' });
  });
  const wishes = () => sent.map((letter) => letter.is);

  it('given_he_stands_in_line_then_his_exchange_is_wished_to_ring', () => {
    expect(sent).toMatchObject([
      { is: 'answer', id: 'q' },
      { is: 'ring', callId: 'c1', agent: { agentId: 'minjun' } },
    ]);
    expect(leader.done).toEqual([]);
  });

  it('given_the_ring_is_not_confirmed_in_time_then_the_agent_is_free_and_not_rung_again_before_his_exchange_speaks', async () => {
    leader.clock.advance(5_000);
    expect(leader.stateOf('minjun')).toBe('ready');
    expect(wishes()).toEqual(['answer', 'ring']);
    await take({ is: 'here', phones: [], calls: [{ callId: 'c1', agents: [], waits: true }] });
    expect(wishes()).toEqual(['answer', 'ring', 'ring']);
  });

  it('given_it_is_confirmed_too_late_then_the_telephone_is_silenced', async () => {
    leader.clock.advance(5_000);
    await take({ is: 'rung', callId: 'c1', agentId: 'minjun', rings: true });
    expect(wishes()).toEqual(['answer', 'ring', 'give-up']);
  });

  it('given_a_report_from_before_the_ring_came_there_then_he_is_rung_all_the_same_and_once', async () => {
    await take({ is: 'here', phones: [], calls: [{ callId: 'c1', agents: [], waits: true }] });
    expect(wishes()).toEqual(['answer', 'ring']);
    await take({ is: 'rung', callId: 'c1', agentId: 'minjun', rings: true });
    leader.clock.advance(5_000);
    expect(leader.stateOf('minjun')).toBe('ringing');
  });

  it('given_news_of_a_former_ring_when_he_is_rung_for_somebody_else_then_it_is_left_out', async () => {
    const news = { type: 'agent.missed', callId: 'c0', agentId: 'minjun', at: 1, why: 'no-answer' } as const;
    await take({ is: 'news', news });
    expect(leader.stateOf('minjun')).toBe('ringing');
  });

  it('given_his_telephone_is_in_use_there_then_he_is_not_rung', async () => {
    await take({ is: 'rung', callId: 'c1', agentId: 'minjun', rings: false });
    const phones = [{ device: 'phone-minjun', memberId: 'member-minjun' }];
    await take({ is: 'phones', used: { callId: 'private', phones } });
    await take({ is: 'line-up', callId: 'c1' });
    expect(wishes()).toEqual(['answer', 'ring']);
    await take({ is: 'phones', used: { callId: 'private', phones: [] } });
    expect(wishes()).toEqual(['answer', 'ring', 'ring']);
  });

  it('given_nothing_is_heard_of_it_for_a_minute_then_its_callers_are_lost_and_agents_free', async () => {
    await take({ is: 'rung', callId: 'c1', agentId: 'minjun', rings: true });
    leader.clock.advance(50_000);
    await take({ is: 'alive' });
    leader.clock.advance(59_999);
    expect(leader.stateOf('minjun')).toBe('ringing');
    leader.clock.advance(1);
    expect(leader.stateOf('minjun')).toBe('ready');
    await leader.written();
    expect(leader.outcomes()).toEqual(['c1 lost']);
  });

  it('given_it_has_just_begun_to_decide_then_it_waits_for_all_reports_but_not_for_ever', async () => {
    const gone: string[] = [];
    far.whenHere(new Set(['here', 'busan', 'daegu']), () => gone.push('both'));
    await take({ is: 'here', phones: [], calls: [] });
    expect(gone).toEqual([]);
    await far.take('daegu', { is: 'here', phones: [], calls: [] });
    far.whenHere(new Set(['busan']), () => gone.push('late'));
    leader.clock.advance(2_000);
    far.whenHere(new Set(['here']), () => gone.push('alone'));
    expect(gone).toEqual(['both', 'late', 'alone']);
  });
});

describe('an exchange that does not decide', () => {
  const clock = new ManualClock();
  let sent: ToLeader[];
  let told: string[];
  let asking: AskingDesk;
  beforeEach(() => {
    sent = [];
    told = [];
    asking = new AskingDesk({
      node: 'busan',
      post: { toLeader: async (letter) => void sent.push(letter) },
      writes,
      store: { openVisits: async () => [], makeWish: async () => undefined },
      clock,
      agentAt: async () => 'nobody',
    });
  });
  const hands = (open: boolean): QueueHands => ({
    ring: () => open,
    giveUp: (callId) => void told.push(`give up ${callId}`),
    close: (callId, word) => void told.push(`close ${callId} ${word}`),
    putThrough: (callId) => told.push(`put through ${callId}`) > 0,
    record: (callId) => void told.push(`record ${callId}`),
    agentsOf: () => (open ? [] : undefined),
    phonesInUse: () => [],
  });

  it('given_nobody_answers_in_ten_seconds_then_he_is_told_to_try_later', async () => {
    const entered = asking.enter('c1', service('+8210000'));
    clock.advance(10_000);
    expect(await entered).toEqual({ word: 'unknown' });
  });

  it('given_another_leader_then_it_is_asked_again_and_its_answer_counts_once', async () => {
    const placed = asking.place('c1');
    asking.askAgain();
    expect(sent).toHaveLength(2);
    const [question] = sent;
    const id = question?.is === 'question' ? question.id : '';
    asking.take({ is: 'answer', id, answer: { position: 2, callback: false } }, hands(true));
    asking.take({ is: 'answer', id, answer: null }, hands(true));
    expect(await placed).toEqual({ position: 2, callback: false });
  });

  it.each([true, false])('given_a_ring_then_it_says_whether_the_call_waits (%s)', (open) => {
    asking.take({ is: 'ring', callId: 'c1', agent: ring }, hands(open));
    expect(sent).toEqual([{ is: 'rung', callId: 'c1', agentId: 'minjun', rings: open }]);
  });

  it('does with its calls what is wished', () => {
    asking.take({ is: 'give-up', callId: 'c1' }, hands(true));
    asking.take({ is: 'close', callId: 'c1', word: 'timed-out' }, hands(true));
    asking.take({ is: 'put-through', callId: 'c1', to: { queue: 'q' } }, hands(true));
    asking.take({ is: 'record', callId: 'c1', recording: 'r' }, hands(true));
    expect(told).toEqual(['give up c1', 'close c1 timed-out', 'put through c1', 'record c1']);
  });

  it('given_it_reports_then_also_who_has_just_asked_is_named', async () => {
    void asking.enter('c2', service('+8210000'));
    await asking.report(hands(true), new Map([['c1', { service: service('+8210001'), inLine: true }]]));
    expect(sent.at(-1)).toEqual({
      is: 'here',
      phones: [],
      calls: [
        { callId: 'c1', agents: [], waits: true },
        { callId: 'c2', agents: [], waits: false },
      ],
    });
  });
});
