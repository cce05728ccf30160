import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashPassword } from '../../src/infra/http/sessions/passwords.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { languageOfPlace } from './support/announcement.js';
import { answers, QueueHouse } from './support/queues.js';
import { registered } from './support/registered.js';
import { hangsUp, hearEachOther } from './support/talk.js';
import { SPOKEN_MS } from './support/voicemail.js';
import { inWorld } from './support/world.js';

/** Hanbit's branch in Seoul. */
const SEOUL = '62006200*082';
const SEOULS_RULES = ['language >= 80', 'wait >= 2 s and language >= 40'];
const EMMAS_LANGUAGES = { en: 100, ko: 40 };
const spoken = { within: SPOKEN_MS };

let house: QueueHouse;
let grace: LabPhone;
let sato: LabPhone;
let minjun: LabPhone;
let emma: LabPhone;
let yui: LabPhone;

async function rows(): Promise<void> {
  house = await QueueHouse.open();
  await house.addQueue('Tokyo', { languages: ['ja', 'ko'], country: 'JP', rules: ['language >= 20'] });
  await house.addQueue('Seoul', {
    languages: ['ko', 'en', 'ja'],
    extension: '71',
    ring_seconds: 5,
    announce_seconds: 10,
    rules: SEOULS_RULES,
    overflow: JSON.stringify([{ afterSeconds: 3, queueId: house.queues.get('Tokyo') }]),
  });
  await house.point('Seoul', 'KR');
  const agents = [
    ['Minjun', '201', 'lab-hanbit-kr', { ko: 100, en: 20 }, 'KR', 'Seoul'],
    ['Emma', '202', 'lab-hanbit-us', EMMAS_LANGUAGES, 'US', 'Seoul'],
    ['Yui', '203', 'lab-hanbit-jp', { ja: 100, ko: 30 }, 'JP', 'Tokyo'],
  ] as const;
  for (const [name, number, phone, languages, country, queue] of agents)
    await house.addAgent({ name, number, phone, languages, country }, queue);
}

const world = inWorld({ rows, noRows: () => house.close() });

beforeAll(async () => {
  [grace, sato, minjun, emma, yui] = (await registered(
    world.lab,
    'lab-us',
    'lab-jp',
    'lab-hanbit-kr',
    'lab-hanbit-us',
    'lab-hanbit-jp',
  )) as [LabPhone, LabPhone, LabPhone, LabPhone, LabPhone];
});

const two = [
  ['Minjun', 'lab-hanbit-kr'],
  ['Emma', 'lab-hanbit-us'],
] as const;

describe('callers in Korean, English and Japanese', () => {
  it('given_an_agent_logs_in_by_code_and_out_again_then_he_is_ready_and_then_offline', async () => {
    const since = house.told.items.length;
    const call = await minjun.dial('*20');
    await call.answered();
    await house.agentIs('Minjun', 'ready', since);
    await call.ended(spoken);
    const out = await minjun.dial('#20');
    await house.agentIs('Minjun', 'offline', since);
    await out.answered();
    await hangsUp(out);
  });

  it('given_three_callers_then_each_talks_with_who_speaks_his_language_in_any_country', async () => {
    await house.only(...two, ['Yui', 'lab-hanbit-jp']);
    const since = new Date();
    const korean = await world.phoneA.dial(SEOUL);
    const english = await grace.dial(SEOUL);
    const japanese = await sato.dial(SEOUL);
    const talks = await Promise.all([
      answers(minjun).then((arrived) => ({ call: korean, arrived })),
      answers(emma).then((arrived) => ({ call: english, arrived })),
      // Nobody in Seoul speaks Japanese: after three seconds Tokyo may.
      answers(yui).then((arrived) => ({ call: japanese, arrived })),
    ]);
    await Promise.all(talks.map(hearEachOther));
    for (const { call } of talks) await call.hangup();
    for (const { call, arrived } of talks) await Promise.all([call.ended(), arrived.ended()]);
    const visits = await house.ended(since, 3);
    // Three dial at once: whoever is there first.
    expect(
      visits.map(({ agent, language, outcome }) => `${agent} ${language} ${outcome}`).toSorted(),
    ).toEqual(['Emma en answered', 'Minjun ko answered', 'Yui ja answered']);
    for (const record of await world.records.ended(since, 3))
      expect(record).toMatchObject({
        reason: 'hangup',
        billable: true,
        trace: { candidates: [{ kind: 'queue', target: house.queues.get('Seoul'), verdict: 'attempt 1' }] },
        legs: [{ kind: 'device' }],
      });
  });
});

describe('two agents who speak his language equally well', () => {
  beforeAll(() => house.change('queue_agent', 'Emma', { languages: { ko: 100 }, skills: { billing: 80 } }));
  afterAll(async () => {
    await house.change('queue_agent', 'Emma', { languages: EMMAS_LANGUAGES, skills: {} });
    await house.change('call_queue', 'Seoul', { skill: null, rules: SEOULS_RULES });
  });

  it('given_one_has_the_skill_then_he_is_rung_though_the_other_is_longer_idle_and_given_he_talks_then_who_waits_is_taken_without_it', async () => {
    const rules = ['language >= 80 and billing >= 50', 'wait >= 2 s and language >= 80'];
    await house.change('call_queue', 'Seoul', { skill: 'billing', rules });
    await house.only(...two);
    const since = new Date();
    const first = await world.phoneA.dial(SEOUL);
    const atEmma = await answers(emma);
    const second = await world.phoneB.dial(SEOUL);
    const atMinjun = await answers(minjun);
    await hearEachOther({ call: second, arrived: atMinjun });
    await hangsUp(second, atMinjun);
    await hangsUp(first, atEmma);
    const [skilled, relaxed] = await house.ended(since, 2);
    expect([skilled, relaxed]).toMatchObject([{ agent: 'Emma' }, { agent: 'Minjun' }]);
    expect(relaxed?.waitedMs).toBeGreaterThanOrEqual(2_000);
    expect(skilled?.waitedMs).toBeLessThan(2_000);
  });

  it('given_both_may_take_him_then_who_is_longest_idle_is_rung_and_given_the_queue_wants_a_skill_then_who_has_more_of_it', async () => {
    const since = new Date();
    for (const skill of [null, 'billing']) {
      await house.change('call_queue', 'Seoul', { skill, rules: SEOULS_RULES });
      await house.only(...two);
      for (const phone of skill === null ? [minjun, emma] : [emma]) {
        const told = house.told.items.length;
        const call = await world.phoneA.dial(SEOUL);
        await hangsUp(call, await answers(phone));
        await house.agentIs(phone === minjun ? 'Minjun' : 'Emma', 'ready', told);
      }
    }
    expect((await house.ended(since, 3)).map(({ agent }) => agent)).toEqual(['Minjun', 'Emma', 'Emma']);
  });
});

describe('an agent whose phone rings', () => {
  it('given_he_declines_then_he_is_paused_and_the_next_is_rung_and_the_caller_keeps_his_place', async () => {
    await house.only(...two);
    const since = new Date();
    const told = house.told.items.length;
    const call = await world.phoneA.dial(SEOUL);
    await (await minjun.incoming()).reject(486);
    expect((await house.agentIs('Minjun', 'paused', told)).data['reason']).toBe('declined');
    // Two seconds of waiting let somebody take him whose Korean is worse.
    const arrived = await answers(emma);
    await hangsUp(call, arrived);
    expect(await house.ended(since, 1)).toMatchObject([
      { agent: 'Emma', language: 'ko', missed: 1, outcome: 'answered' },
    ]);
  });

  it('given_he_does_not_answer_and_the_caller_hangs_up_then_he_is_paused_and_the_visit_abandoned', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    const since = new Date();
    const told = house.told.items.length;
    const call = await world.phoneA.dial(SEOUL);
    const arrived = await minjun.incoming();
    await arrived.ring();
    await arrived.ended();
    expect((await house.agentIs('Minjun', 'paused', told)).data['reason']).toBe('no-answer');
    await hangsUp(call);
    expect(await house.ended(since, 1)).toMatchObject([{ agent: null, missed: 1, outcome: 'abandoned' }]);
    const resumed = house.told.items.length;
    const back = await minjun.dial('#25');
    await house.agentIs('Minjun', 'ready', resumed);
    await back.answered();
    await hangsUp(back);
  });
});

describe('an agent who has talked', () => {
  it('given_the_queue_gives_time_to_wrap_up_then_who_waits_rings_him_when_it_is_over_and_not_before', async () => {
    await house.change('call_queue', 'Seoul', { wrap_up_seconds: 2 });
    await house.only(['Minjun', 'lab-hanbit-kr']);
    const since = new Date();
    const told = house.told.items.length;
    const first = await world.phoneA.dial(SEOUL);
    await hangsUp(first, await answers(minjun));
    await house.agentIs('Minjun', 'wrap-up', told);
    const second = await world.phoneB.dial(SEOUL);
    const arrived = await answers(minjun);
    const rung = (await arrived.invite()).at.getTime();
    expect(rung - (await first.ended()).at.getTime()).toBeGreaterThanOrEqual(2_000);
    await house.change('call_queue', 'Seoul', { wrap_up_seconds: 0 });
    await hangsUp(second, arrived);
    expect(await house.ended(since, 2)).toMatchObject([{ agent: 'Minjun' }, { agent: 'Minjun' }]);
  });
});

describe('an agent with a telephone at his ear', () => {
  it('given_he_talks_privately_when_somebody_calls_then_he_is_rung_when_he_has_hung_up', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    const since = new Date();
    const told = house.told.items.length;
    const private_ = await minjun.dial('62006200*001');
    const atEmma = await answers(emma);
    await private_.answered();
    await house.told.first(
      'Minjun on a call of his own',
      ({ type, data }) => type === 'agent.changed' && data['onOwnCall'] === true,
      { since: told },
    );
    const call = await world.phoneA.dial(SEOUL);
    await call.answered();
    await house.until(since, ([visit]) => visit?.state === 'waiting');
    await hangsUp(private_, atEmma);
    const arrived = await answers(minjun);
    await hearEachOther({ call, arrived });
    await hangsUp(call, arrived);
    expect(await house.ended(since, 1)).toMatchObject([{ agent: 'Minjun', missed: 0, outcome: 'answered' }]);
  });

  it('given_a_strangers_phone_when_he_dials_his_number_and_secret_number_then_he_is_rung_there', async () => {
    await house.only();
    await house.db.query('UPDATE queue_agent SET pin_hash = $1 WHERE name = $2', [
      await hashPassword('4711'),
      'Minjun',
    ]);
    const told = house.told.items.length;
    const call = await world.phoneB.dial('*20201');
    await call.answered();
    await call.sendDtmf('4711#');
    await house.agentIs('Minjun', 'ready', told);
    await call.ended(spoken);
    const since = new Date();
    // From another network, by a number of ours that leads to the queue; his country says no language.
    await house.pointNumber('Seoul', '0262006100082');
    const stranger = await world.lab.role('gw-us').dial('+82262006100', { callingNumber: '+41445551234' });
    await stranger.answered();
    await house.until(since, (rows) => rows.length === 1);
    await stranger.sendDtmf('2');
    const arrived = await answers(world.phoneB);
    await hearEachOther({ call: stranger, arrived });
    await hangsUp(stranger, arrived);
    expect(await house.ended(since, 1)).toMatchObject([
      { agent: 'Minjun', language: 'ko', country: 'CH', caller: '+41445551234', outcome: 'answered' },
    ]);
    const again = new Date();
    const second = await world.lab.role('gw-us').dial('+82262006100', { callingNumber: '+41445551234' });
    const remembered = await answers(world.phoneB);
    await hangsUp(second, remembered);
    expect(await house.ended(again, 1)).toMatchObject([{ agent: 'Minjun', language: 'ko' }]);
    await house.unpointNumbers();
  });
});

describe('callers who wait', () => {
  it('given_one_may_wait_then_the_second_is_told_that_it_is_full_and_the_first_is_let_go_when_he_has_waited_longest', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    await house.change('call_queue', 'Seoul', { max_waiting: 1, max_wait_seconds: 10 });
    await house.pauses('Minjun');
    const since = new Date();
    const first = await world.phoneA.dial(SEOUL);
    await first.answered();
    await house.until(since, (rows) => rows.length === 1);
    const second = await world.phoneB.dial(SEOUL);
    await second.ended(spoken);
    await first.ended({ within: SPOKEN_MS + 10_000 });
    await house.change('call_queue', 'Seoul', { max_waiting: 100, max_wait_seconds: 1_800 });
    expect(await house.ended(since, 2)).toMatchObject([
      { caller: '0262006100082', outcome: 'timed-out' },
      { caller: '0262006200082', outcome: 'full' },
    ]);
  });

  it('given_the_exchange_is_killed_then_they_keep_their_places_and_the_first_is_taken_first', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    await house.pauses('Minjun');
    const since = new Date();
    const first = await world.phoneA.dial(SEOUL);
    await first.answered();
    await house.until(since, (rows) => rows.length === 1);
    const second = await world.phoneB.dial(SEOUL);
    await second.answered();
    const [, behind] = await house.until(since, (rows) => rows.length === 2);
    expect(await languageOfPlace(behind?.callId ?? '', 2)).toBe('ko');
    await world.exchange.kill();
    await world.exchange.start();
    const told = house.told.items.length;
    await house.wish({ do: 'resume', agentId: house.agents.get('Minjun') });
    const arrived = await answers(minjun);
    await hearEachOther({ call: first, arrived });
    await hangsUp(first, arrived);
    await house.agentIs('Minjun', 'ready', told);
    const next = await answers(minjun);
    await hearEachOther({ call: second, arrived: next });
    await hangsUp(next, second);
    expect(await house.ended(since, 2)).toMatchObject([
      { caller: '0262006100082', outcome: 'answered' },
      { caller: '0262006200082', outcome: 'answered' },
    ]);
  });

  it('given_the_exchange_is_killed_while_they_talk_then_they_talk_on_and_the_visit_is_true', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    const since = new Date();
    const call = await world.phoneA.dial(SEOUL);
    const arrived = await answers(minjun);
    await house.until(since, ([visit]) => visit?.state === 'talking');
    await world.exchange.kill();
    await world.exchange.start();
    await hearEachOther({ call, arrived });
    const told = house.told.items.length;
    await hangsUp(arrived, call);
    await house.agentIs('Minjun', 'ready', told);
    expect(await house.ended(since, 1)).toMatchObject([{ agent: 'Minjun', outcome: 'answered' }]);
  });
});
