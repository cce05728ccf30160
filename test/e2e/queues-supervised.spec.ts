import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LabPhone } from '../lab/lab-phone.js';
import { orderEnded, wantCall } from './support/call-order.js';
import { answers, QueueHouse } from './support/queues.js';
import { registered } from './support/registered.js';
import { SecondExchange } from './support/second-exchange.js';
import { hangsUp, hearEachOther } from './support/talk.js';
import { memberOf, SPOKEN_MS, toneShare } from './support/voicemail.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

/** Hanbit's branches. */
const SEOUL = '62006200*082';
const TOKYO = '62006200*081';
const NEW_YORK = '62006200*001';
const SILENCE = '0/1000';
const spoken = { within: SPOKEN_MS };

let house: QueueHouse;
let minjun: LabPhone;
let yui: LabPhone;

async function rows(): Promise<void> {
  house = await QueueHouse.open();
  await house.addQueue('Seoul', { languages: ['ko'], extension: '71', survey: true });
  await house.addQueue('Tokyo', { languages: ['en', 'ja'], extension: '81', country: 'JP' });
  const late = { answer: 'late', rules: ['wait >= 0 s'] };
  await house.addQueue('New York', { languages: ['ko'], country: 'US', ...late });
  await house.point('New York', 'US');
  await house.point('Seoul', 'KR');
  await house.point('Tokyo', 'JP');
  const minjunIs = { name: 'Minjun', number: '201', phone: 'lab-hanbit-kr', country: 'KR' };
  await house.addAgent({ ...minjunIs, languages: { ko: 100 } }, 'Seoul');
  const yuiIs = { name: 'Yui', number: '203', phone: 'lab-hanbit-jp', country: 'JP' };
  await house.addAgent({ ...yuiIs, languages: { ja: 100 } }, 'Tokyo', 'New York');
  const leads = { name: 'Bomin', number: '299', phone: 'lab-b', country: 'KR', supervisor: true };
  await house.addAgent({ ...leads, languages: {} });
}

const world = inWorld({ rows, noRows: () => house.close() });
beforeAll(async () => {
  [minjun, yui] = (await registered(world.lab, 'lab-hanbit-kr', 'lab-hanbit-jp')) as [LabPhone, LabPhone];
});

const both = [
  ['Minjun', 'lab-hanbit-kr'],
  ['Yui', 'lab-hanbit-jp'],
] as const;

/** A calls Seoul, whose only agent at work answers. */
async function talkingWithMinjun() {
  await house.only(['Minjun', 'lab-hanbit-kr']);
  const since = new Date();
  const call = await world.phoneA.dial(SEOUL);
  const arrived = await answers(minjun);
  await house.until(since, ([visit]) => visit?.state === 'talking');
  return { since, call, arrived };
}

describe('a supervisor', () => {
  it('given_an_agent_talks_then_he_hears_both_until_their_talk_is_over', async () => {
    const { call, arrived } = await talkingWithMinjun();
    // As telephones do, both send packets all the time: what is heard and said in is mixed into them.
    await Promise.all([call.playTone(SILENCE), arrived.playTone(SILENCE)]);
    const ear = await world.phoneB.dial('*22201');
    await ear.answered();
    await call.playTone(700);
    await ear.hearsTone(700);
    await call.playTone(SILENCE);
    await arrived.playTone(900);
    await ear.hearsTone(900);
    await hangsUp(call, arrived);
    // When the talk is over so is his.
    expect(await ear.ended(spoken)).toMatchObject({ by: 'far' });
  });

  it('given_he_whispers_then_the_agent_alone_hears_him_and_given_he_barges_in_then_both_do', async () => {
    const { call, arrived } = await talkingWithMinjun();
    await Promise.all([call.playTone(SILENCE), arrived.playTone(SILENCE)]);
    const whispers = await world.phoneB.dial('*23201');
    await whispers.answered();
    await whispers.playTone(1_100);
    await arrived.hearsTone(1_100);
    await expect(call.hearsTone(1_100, { within: 1_000 })).rejects.toThrow('did not come');
    await whispers.sendDtmf('6');
    await whispers.playTone(1_100);
    await Promise.all([call.hearsTone(1_100), arrived.hearsTone(1_100)]);
    await hangsUp(whispers);

    const barges = await world.phoneB.dial('*24201');
    await barges.answered();
    await barges.playTone(1_100);
    await Promise.all([call.hearsTone(1_100), arrived.hearsTone(1_100)]);
    await hangsUp(call, arrived);
    await barges.ended(spoken);
  });

  it('given_he_is_rung_by_an_order_then_he_is_with_them_and_given_no_supervisor_is_rung_then_he_is_told_and_it_is_recorded', async () => {
    const { since, call, arrived } = await talkingWithMinjun();
    await Promise.all([call.playTone(SILENCE), arrived.playTone(SILENCE)]);
    const ring = async (phone: string) => {
      const memberId = await memberOf(house.db, phone);
      return wantCall(house.db, {
        account: { kind: 'member', memberId },
        ring: { kind: 'member', memberId },
        onAnswer: { do: 'service', service: 'supervise', mode: 'whisper', agent: '201' },
      });
    };
    await ring('lab-b');
    const whispers = await answers(world.phoneB);
    await call.playTone(700);
    await whispers.hearsTone(700);
    await call.playTone(SILENCE);
    await whispers.playTone(1_100);
    await arrived.hearsTone(1_100);
    await expect(call.hearsTone(1_100, { within: 1_000 })).rejects.toThrow('did not come');
    await whispers.sendDtmf('6');
    await whispers.playTone(1_100);
    await Promise.all([call.hearsTone(1_100), arrived.hearsTone(1_100)]);
    await hangsUp(whispers);

    const refused = await ring('lab-hanbit-jp');
    const yuis = await answers(yui);
    expect(await yuis.ended(spoken)).toMatchObject({ by: 'far' });
    expect(await orderEnded(house.db, refused)).toMatchObject({ state: 'ended', cause: 'served' });
    await hangsUp(call, arrived);
    await house.ended(since, 1);
  });

  it('given_somebody_who_is_no_supervisor_then_he_hears_nothing_of_it', async () => {
    const { since, call, arrived } = await talkingWithMinjun();
    await arrived.playTone(900);
    const ear = await yui.dial('*24201');
    await ear.answered();
    await ear.ended(spoken);
    await hangsUp(call, arrived);
    await house.ended(since, 1);
  });
});

describe('a caller whose language the queue does not know', () => {
  it('given_he_is_asked_once_and_presses_2_then_he_is_served_in_it_and_it_is_remembered', async () => {
    await house.only(['Yui', 'lab-hanbit-jp']);
    const since = new Date();
    // Kim speaks Korean, which Tokyo does not.
    const call = await world.phoneA.dial(TOKYO);
    await call.answered();
    await house.until(since, (rows) => rows.length === 1);
    await call.sendDtmf('2');
    const arrived = await answers(yui);
    await hearEachOther({ call, arrived });
    await hangsUp(call, arrived);
    expect(await house.ended(since, 1)).toMatchObject([{ agent: 'Yui', language: 'ja' }]);

    const again = new Date();
    const second = await world.phoneA.dial(TOKYO);
    const remembered = await answers(yui);
    await hangsUp(second, remembered);
    expect(await house.ended(again, 1)).toMatchObject([{ agent: 'Yui', language: 'ja' }]);
  });

  it('given_the_queue_answers_late_then_he_waits_unanswered_and_his_call_begins_when_the_agent_lifts', async () => {
    await house.only(['Yui', 'lab-hanbit-jp']);
    const since = new Date();
    const call = await world.phoneA.dial(NEW_YORK);
    await call.progressed();
    const arrived = await yui.incoming();
    await arrived.ring();
    expect(call.facts.answered).toBeUndefined();
    await arrived.answer();
    const answered = await call.answered();
    await hearEachOther({ call, arrived });
    await hangsUp(call, arrived);
    const record = await world.records.only(since);
    expect(record).toMatchObject({ reason: 'hangup', billable: true });
    expectWireTime(record.answeredAt, answered);
  });
});

describe('a caller who would rather not wait', () => {
  it('given_he_presses_1_then_he_is_called_back_when_his_turn_comes', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    await house.pauses('Minjun');
    const since = new Date();
    const call = await world.phoneA.dial(SEOUL);
    await call.answered();
    await house.until(since, (rows) => rows.length === 1);
    await call.sendDtmf('1');
    await house.until(since, ([visit]) => visit?.state === 'callback');
    await call.ended(spoken);
    await house.wish({ do: 'resume', agentId: house.agents.get('Minjun') });
    const agent = await answers(minjun);
    const caller = await world.phoneA.incoming();
    await caller.answer();
    await caller.answered();
    await hearEachOther({ call: agent, arrived: caller });
    await hangsUp(caller, agent);
    expect(await house.ended(since, 1)).toMatchObject([{ agent: 'Minjun', outcome: 'called-back' }]);
  });
});

describe('an agent puts his caller through', () => {
  it('given_he_asks_at_his_phone_for_another_queue_then_its_agent_has_the_caller_and_he_is_free', async () => {
    await house.only(...both);
    await house.change('call_queue', 'Tokyo', { rules: ['wait >= 0 s'] });
    const since = new Date();
    const told = house.told.items.length;
    const call = await world.phoneA.dial(SEOUL);
    const arrived = await answers(minjun);
    await house.until(since, ([visit]) => visit?.state === 'talking');
    await arrived.refer('*2681');
    const next = await answers(yui);
    await hearEachOther({ call, arrived: next });
    await arrived.ended();
    await house.agentIs('Minjun', 'ready', told);
    await hangsUp(call, next);
    expect(await house.ended(since, 2)).toMatchObject([
      { queue: 'Seoul', agent: 'Minjun', outcome: 'transferred' },
      { queue: 'Tokyo', agent: 'Yui', outcome: 'answered' },
    ]);
  });

  it('given_it_is_wanted_at_the_web_for_one_agent_then_he_alone_is_rung_in_the_same_call', async () => {
    await house.only(...both);
    const since = new Date();
    const call = await world.phoneA.dial(SEOUL);
    const arrived = await answers(minjun);
    const [visit] = await house.until(since, ([one]) => one?.state === 'talking');
    await house.wish({
      do: 'put-through',
      queueCallId: visit?.id,
      queueId: house.queues.get('Tokyo'),
      agentId: house.agents.get('Yui'),
    });
    const next = await answers(yui);
    await arrived.ended();
    await hearEachOther({ call, arrived: next });
    await hangsUp(call, next);
    expect(await house.ended(since, 2)).toMatchObject([
      { agent: 'Minjun', outcome: 'transferred', callId: visit?.callId },
      { agent: 'Yui', outcome: 'answered', callId: visit?.callId },
    ]);
    expect((await world.records.only(since)).legs).toMatchObject([
      { target: 'lab-hanbit-kr' },
      { target: 'lab-hanbit-jp' },
    ]);
  });
});

describe('a caller whose call another exchange has than the one that decides', () => {
  const second = new SecondExchange();
  afterEach(() => second.stop());

  it('given_he_comes_to_it_then_he_is_served_by_turns_and_given_the_one_that_decided_is_killed_then_he_keeps_his_place', async () => {
    await house.only(['Minjun', 'lab-hanbit-kr']);
    await second.start();
    const since = new Date();
    const call = await world.phoneA.dial(SEOUL);
    const arrived = await answers(minjun);
    await hearEachOther({ call, arrived });
    const next = await world.phoneB.dial(SEOUL);
    await next.answered();
    await house.until(since, (visits) => visits.length === 2);
    await world.exchange.kill();
    await hangsUp(call, arrived);
    const again = await answers(minjun);
    await hearEachOther({ call: next, arrived: again });
    await hangsUp(next, again);
    const served = { agent: 'Minjun', outcome: 'answered' };
    expect(await house.ended(since, 2)).toMatchObject([served, served]);
  });
});

describe('a call from a country whose calls are recorded', () => {
  it('given_the_talk_is_over_then_what_was_said_is_kept_and_the_caller_says_how_content_he_was', async () => {
    await house.db.query("INSERT INTO recording_rule VALUES (NULL, 'KR', 'announced', 30)");
    await house.only(['Minjun', 'lab-hanbit-kr']);
    const since = new Date();
    const call = await world.phoneA.dial(SEOUL);
    // First he is told that he may be recorded, to the end.
    const arrived = await minjun.incoming(spoken);
    await arrived.answer();
    await arrived.answered();
    await hearEachOther({ call, arrived });
    await hangsUp(arrived);
    await call.sendDtmf('5');
    await house.until(since, ([visit]) => visit?.score === 5);
    await call.ended(spoken);
    const [visit] = await house.ended(since, 1);
    expect(visit).toMatchObject({ outcome: 'answered', score: 5 });
    const { wav, keptDays } = await house.recording(visit?.id ?? '');
    expect(keptDays).toBe(30);
    expect(toneShare(wav, 700)).toBeGreaterThan(0.2);
    expect(toneShare(wav, 900)).toBeGreaterThan(0.2);
  });
});
