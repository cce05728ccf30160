import { expect, test } from '@jest/globals';
import type { AriOutcome } from '../../infra/ari/ari.port.js';
import { ManualClock } from '../../kernel/clock.js';
import { earOf } from '../domain/ids.js';
import { ListeningIn } from './listening-in.js';

const CALL = '01a21f87-5c16-7c05-bd8c-5fc3b385c6b3';
const turn = () => new Promise((done) => setImmediate(done));

function world(onSnoop: (ear: ListeningIn, channel: string) => void = () => undefined) {
  const asked: string[] = [];
  const clock = new ManualClock();
  const done = async (): Promise<AriOutcome> => ({ kind: 'done', value: undefined });
  const ear: ListeningIn = new ListeningIn(
    {
      createBridge: done,
      destroyBridge: done,
      removeFromBridge: done,
      addToBridge: (_, channels) => {
        asked.push(`join ${channels.join()}`);
        return done();
      },
      hangup: (channel) => {
        asked.push(`hangup ${channel}`);
        return done();
      },
      snoop: async (_, { snoopId }) => {
        asked.push(`snoop ${snoopId}`);
        onSnoop(ear, snoopId);
        return done();
      },
    },
    CALL,
    'supervisor',
    clock,
  );
  return { asked, clock, ear };
}

test('given_the_ear_comes_into_the_application_after_the_answer_then_it_joins_the_bridge_not_before', async () => {
  const { asked, ear } = world();
  const begun = ear.begin('agent', 'whisper');
  await turn();
  ear.came('somebody else');
  await turn();
  expect(asked).toEqual(['join supervisor', `snoop ${earOf(CALL, 1)}`]);
  ear.came(earOf(CALL, 1));
  expect(await begun).toBe(true);
  expect(asked.at(-1)).toBe(`join ${earOf(CALL, 1)}`);
});

test('given_it_comes_before_the_answer_and_he_changes_his_way_then_the_next_takes_its_place', async () => {
  const { asked, ear } = world((one, channel) => one.came(channel));
  expect(await ear.begin('agent', 'whisper')).toBe(true);
  expect(await ear.begin('agent', 'barge')).toBe(true);
  expect(asked.slice(-3)).toEqual([
    `hangup ${earOf(CALL, 1)}`,
    `snoop ${earOf(CALL, 2)}`,
    `join ${earOf(CALL, 2)}`,
  ]);
});

test('given_it_never_comes_then_he_is_told_that_it_failed', async () => {
  const { asked, clock, ear } = world();
  const begun = ear.begin('agent', 'listen');
  await turn();
  clock.advance(2_000);
  expect(await begun).toBe(false);
  expect(asked.at(-1)).toBe(`snoop ${earOf(CALL, 1)}`);
});
