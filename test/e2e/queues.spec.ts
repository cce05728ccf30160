import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LabPhone } from '../lab/lab-phone.js';
import { answers, QueueHouse } from './support/queues.js';
import { registered } from './support/registered.js';
import { hearEachOther } from './support/talk.js';
import { SPOKEN_MS } from './support/voicemail.js';
import { inWorld } from './support/world.js';

/** Hanbit's branch in Seoul. */
const SEOUL = '62006200*082';
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
    rules: ['language >= 80', 'wait >= 2 s and language >= 40'],
    overflow: JSON.stringify([{ afterSeconds: 3, queueId: house.queues.get('Tokyo') }]),
  });
  await house.point('Seoul', 'KR');
  const agents = [
    ['Minjun', '201', 'lab-hanbit-kr', { ko: 100, en: 20 }, 'KR', 'Seoul'],
    ['Emma', '202', 'lab-hanbit-us', { en: 100, ko: 40 }, 'US', 'Seoul'],
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
afterAll(() => undefined);

const everybody = [
  ['Minjun', 'lab-hanbit-kr'],
  ['Emma', 'lab-hanbit-us'],
  ['Yui', 'lab-hanbit-jp'],
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
    await out.hangup();
    await out.ended();
  });

  it('given_three_callers_then_each_talks_with_who_speaks_his_language_in_any_country', async () => {
    await house.only(...everybody);
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
    expect(visits.map(({ agent, language, outcome }) => [agent, language, outcome])).toEqual([
      ['Minjun', 'ko', 'answered'],
      ['Emma', 'en', 'answered'],
      ['Yui', 'ja', 'answered'],
    ]);
    for (const record of await world.records.ended(since, 3))
      expect(record).toMatchObject({
        reason: 'hangup',
        billable: true,
        trace: { candidates: [{ kind: 'queue', target: house.queues.get('Seoul'), verdict: 'attempt 1' }] },
        legs: [{ kind: 'device' }],
      });
  });
});
