import { beforeEach, describe, expect, it } from '@jest/globals';
import type { QueueHands, QueueNews, QueueService } from '../../exchange/index.js';
import { ManualClock } from '../../kernel/clock.js';
import { Desk } from './desk.js';
import { House } from './house.js';
import type { AgentRow, QueueRow, Visit } from './queue.rows.js';
import type { QueueStore } from './queue-store.js';
import type { RecordingRule } from './recordings.js';

const queue: QueueRow = {
  id: 'seoul',
  companyId: 'hanbit',
  branchId: null,
  name: 'Seoul',
  country: 'KR',
  extension: '71',
  languages: ['ko', 'en'],
  skill: null,
  rules: ['language >= 50', 'wait > 60 s and language >= 20'],
  overflow: [],
  answer: 'at-once',
  priority: 0,
  maxWaiting: 2,
  maxWaitSeconds: 300,
  ringSeconds: 20,
  wrapUpSeconds: 10,
  announceSeconds: 30,
  callback: true,
  survey: false,
  enabled: true,
};
const agentRow = (id: string, ko: number, more: Partial<AgentRow> = {}): AgentRow => ({
  id,
  companyId: 'hanbit',
  accountId: null,
  memberId: `member-${id}`,
  number: `2${id.length}1`,
  pinHash: null,
  name: id,
  country: 'KR',
  languages: { ko },
  skills: {},
  supervisor: false,
  queues: ['seoul'],
  state: 'offline',
  reason: null,
  since: new Date(0),
  until: null,
  next: null,
  device: null,
  queueCallId: null,
  ...more,
});
const service = (number: string, more: Partial<QueueService['visitor']> = {}): QueueService => ({
  name: 'queue',
  to: { queue: 'seoul' },
  visitor: { country: 'KR', number, dialled: '1', ...more },
  language: 'ko',
});

let clock: ManualClock;
let desk: Desk;
let house: House;
/** What calls were told, in order. */
let done: string[];
let saved: Map<string, Visit>;
let wishes: unknown[];
let rule: RecordingRule;
let open: Map<string, readonly string[]>;
let rows: { queues: readonly QueueRow[]; agents: readonly AgentRow[] };

beforeEach(async () => {
  clock = new ManualClock();
  house = new House();
  done = [];
  saved = new Map();
  wishes = [];
  open = new Map();
  rule = { mode: 'never', keepDays: 1 };
  rows = { queues: [queue], agents: [agentRow('minjun', 100), agentRow('emma', 30)] };
  const hands: QueueHands = {
    ring: (call, { agentId }) => done.push(`ring ${call} ${agentId}`) > 0,
    giveUp: (call) => void done.push(`give up ${call}`),
    close: (call, word) => void done.push(`close ${call} ${word}`),
    putThrough: (call, to) => done.push(`put through ${call} ${JSON.stringify(to)}`) > 0,
    agentsOf: (call) => open.get(call),
    record: () => undefined,
  };
  const store = {
    put: async (visit: Visit) => void saved.set(visit.id, visit),
    end: async (visit: Visit) => void saved.set(visit.id, visit),
    saveAgent: async () => undefined,
    remembered: async (_: unknown, number: string) => (number === '+41445550000' ? 'en' : undefined),
    remember: async (_: unknown, number: string, language: string) =>
      void done.push(`remember ${number} ${language}`),
    companyOf: async () => ['hanbit'],
    score: async () => undefined,
    takeWishes: async () => wishes.splice(0).map((wish, at) => ({ id: String(at), wish })),
  } as unknown as QueueStore;
  desk = new Desk({
    house,
    store,
    writes: { push: (write) => void write() },
    pages: { tell: () => undefined },
    clock,
    log: { info: () => undefined, warn: () => undefined },
    rules: { of: () => rule },
    load: async () => house.setUp(rows.queues, rows.agents, new Map()),
    talks: () => undefined,
    callBack: (visit) => void done.push(`call back ${visit.callerNumber}`),
  });
  await desk.prepare(hands);
});

const logIn = (member: string) =>
  desk.agent({ wish: 'log-in', member: `member-${member}`, device: `phone-${member}`, reason: '' });
async function waits(call: string, number = '+8210000'): Promise<void> {
  await desk.enter(call, service(number));
  desk.lineUp(call);
}
const outcomes = () => [...saved.values()].map(({ callId, outcome }) => `${callId} ${outcome}`);
const news = (type: QueueNews['type'], callId: string, agentId = 'minjun', why = 'no-answer') =>
  desk.news({ type, callId, agentId, at: clock.now().getTime(), why, transferred: false } as QueueNews);

describe('a caller at a queue', () => {
  it('given_nobody_is_logged_in_then_it_is_closed', async () => {
    expect(await desk.enter('c1', service('+8210'))).toEqual({ word: 'closed' });
    expect(outcomes()).toEqual(['c1 closed']);
  });

  it('given_as_many_wait_as_may_then_it_is_full', async () => {
    await logIn('emma');
    await waits('c1');
    await waits('c2');
    expect(await desk.enter('c3', service('+8213'))).toEqual({ word: 'full' });
  });

  it('given_he_has_waited_the_longest_time_then_he_is_told_and_let_go', async () => {
    rows = { ...rows, agents: [agentRow('emma', 0)] };
    await desk.changed();
    await logIn('emma');
    await waits('c1');
    clock.advance(299_999);
    expect(done).toEqual([]);
    clock.advance(1);
    expect(done).toEqual(['close c1 timed-out']);
    expect(outcomes()).toEqual(['c1 timed-out']);
  });

  it('given_waiting_alone_lets_another_agent_take_him_then_he_is_rung_at_that_moment', async () => {
    await logIn('emma');
    await waits('c1');
    clock.advance(60_000);
    expect(done).toEqual([]);
    clock.advance(1);
    expect(done).toEqual(['ring c1 emma']);
  });

  it('given_the_agent_is_not_reached_then_the_next_is_rung_with_the_one_who_came_first', async () => {
    await logIn('minjun');
    await waits('c1');
    clock.advance(1_000);
    await waits('c2');
    expect(done).toEqual(['ring c1 minjun']);
    news('agent.missed', 'c1');
    await logIn('minjun');
    expect(done).toEqual(['ring c1 minjun', 'ring c1 minjun']);
    expect([...saved.values()][0]).toMatchObject({ missed: 1, enteredAt: clock.now().getTime() - 1_000 });
  });

  it('given_he_hangs_up_while_an_agent_is_rung_then_the_agent_is_free_when_his_phone_is_silent', async () => {
    await logIn('minjun');
    await waits('c1');
    news('call.over', 'c1');
    expect(outcomes()).toEqual(['c1 abandoned']);
    expect(house.agents.get('minjun')?.now.state).toBe('ringing');
    news('agent.missed', 'c1', 'minjun', 'given-up');
    expect(house.agents.get('minjun')?.now.state).toBe('ready');
    expect(house.visits.size).toBe(0);
  });

  it('given_the_talk_is_over_then_the_agent_wraps_up_and_is_ready_by_himself', async () => {
    await logIn('minjun');
    await waits('c1');
    news('agent.answered', 'c1');
    clock.advance(30_000);
    news('agent.talked', 'c1');
    expect(house.agents.get('minjun')?.now.state).toBe('wrap-up');
    expect(outcomes()).toEqual(['c1 answered']);
    clock.advance(10_000);
    expect(house.agents.get('minjun')?.now.state).toBe('ready');
  });

  it('given_nobody_knows_his_language_then_he_is_asked_and_what_he_chose_before_counts', async () => {
    await logIn('minjun');
    expect(await desk.enter('c1', service('+41445550001', { country: 'CH' }))).toMatchObject({
      facts: { choices: ['en', 'ko'] },
    });
    await desk.choose('c1', 'ko');
    expect(done).toEqual(['remember +41445550001 ko']);
    expect(await desk.enter('c2', service('+41445550000', { country: 'CH' }))).toMatchObject({
      facts: { choices: [], language: 'en' },
    });
  });

  it('given_calls_of_his_country_are_recorded_then_he_is_told_first_and_not_again_after_a_restart', async () => {
    rule = { mode: 'announced', keepDays: 30 };
    await logIn('minjun');
    expect(await desk.enter('c1', service('+8210'))).toMatchObject({ facts: { consent: true } });
    expect(await desk.enter('c1', service('+8210'))).toMatchObject({ facts: { consent: false } });
    expect(saved.size).toBe(1);
  });

  it('given_he_wants_to_be_called_back_then_he_keeps_his_place_without_a_telephone', async () => {
    await logIn('emma');
    await waits('c1', '+821012345678');
    clock.advance(1_000);
    await waits('c2', '+821099');
    expect(desk.place('c1')).toMatchObject({ position: 1, callback: true });
    expect(await desk.callBack('c1')).toBe(true);
    news('call.over', 'c1');
    await logIn('minjun');
    expect(done).toEqual(['call back +821012345678']);
    const orderId = [...saved.values()][0]?.callbackOrderId;
    wishes = [{ do: 'called-back', orderId, answered: true, connected: true }];
    await desk.changed();
    expect(outcomes()[0]).toBe('c1 called-back');
    clock.advance(10_000);
    expect(done.at(-1)).toBe('ring c2 minjun');
  });

  it('given_his_number_is_withheld_then_nobody_can_call_him_back', async () => {
    await logIn('emma');
    const { number: _, ...withheld } = service('').visitor;
    await desk.enter('c1', { ...service(''), visitor: withheld });
    expect(desk.place('c1')).toMatchObject({ callback: false });
    expect(await desk.callBack('c1')).toBe(false);
  });
});

describe('after a crash', () => {
  const visit = (state: Visit['state'], agentId: string | null): Visit => ({
    id: 'v1',
    callId: 'c1',
    queueId: 'seoul',
    companyId: 'hanbit',
    callerNumber: null,
    callerMemberId: null,
    dialled: '1',
    country: 'KR',
    language: 'ko',
    priority: 0,
    enteredAt: clock.now().getTime(),
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
    house.setUp([queue], [agentRow('minjun', 100, { state, device: 'p', queueCallId: 'v1' })], new Map());
  beforeEach(() => house.setUp([queue], [], new Map()));

  it.each([
    // He is rung once more at once: the caller waits on.
    ['ringing', 'is open and nobody rings', [], 'ringing', null],
    ['ringing', 'is gone', undefined, 'ready', 'lost'],
    ['talking', 'is gone', undefined, 'wrap-up', 'answered'],
  ] as const)(
    'given_a_caller_was_%s_and_his_call_%s_then_the_agent_is_free_for_the_next',
    (state, _, agents, now, outcome) => {
      busy(state);
      house.set(visit(state, 'minjun'), false);
      if (agents !== undefined) open.set('c1', agents);
      desk.settle();
      expect(house.agents.get('minjun')?.now.state).toBe(now);
      expect(saved.get('v1')?.outcome ?? null).toBe(outcome);
    },
  );

  it('given_they_still_talk_then_nothing_changes', () => {
    busy('talking');
    house.set(visit('talking', 'minjun'), false);
    open.set('c1', ['minjun']);
    desk.settle();
    expect(house.agents.get('minjun')?.now.state).toBe('talking');
    expect(saved.size).toBe(0);
  });
});

describe('who may', () => {
  it('given_a_supervisor_of_the_same_company_then_he_hears_an_agent_who_talks_and_nobody_else_does', async () => {
    const boss = agentRow('boss', 0, { supervisor: true, number: '299' });
    const rival = agentRow('rival', 0, { supervisor: true, companyId: 'other', number: '298' });
    rows = { ...rows, agents: [agentRow('minjun', 100, { number: '201' }), boss, rival] };
    await desk.changed();
    await logIn('minjun');
    await waits('c1');
    expect(await desk.supervised('member-boss', '201')).toBeUndefined();
    news('agent.answered', 'c1');
    expect(await desk.supervised('member-boss', '201')).toEqual({ callId: 'c1', agentId: 'minjun' });
    expect(await desk.supervised('member-rival', '201')).toBeUndefined();
    expect(await desk.supervised('member-minjun', '201')).toBeUndefined();
  });

  it('given_an_agent_logs_in_at_a_phone_that_another_has_then_that_one_is_logged_out', async () => {
    await logIn('minjun');
    await desk.agent({ wish: 'log-in', member: 'member-emma', device: 'phone-minjun', reason: '' });
    expect(house.agents.get('minjun')?.now.state).toBe('offline');
    expect(house.agents.get('emma')?.now).toMatchObject({ state: 'ready', device: 'phone-minjun' });
  });

  it('given_nobodys_phone_then_a_number_and_its_secret_are_wanted_and_guessing_comes_to_an_end', async () => {
    const asks = { wish: 'log-in', member: 'nobody', device: 'p', reason: '' } as const;
    expect(await desk.agent(asks)).toBe('nobody');
    for (let tries = 0; tries < 6; tries++)
      expect(await desk.agent({ ...asks, number: '201', pin: String(tries) })).toBe('refused');
  });
});
