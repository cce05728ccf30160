import { describe, expect, it } from '@jest/globals';
import type { AriOutcome } from '../../infra/ari/ari.port.js';
import { ManualClock } from '../../kernel/clock.js';
import { TrunkPoll } from './trunk-poll.js';

/** Lets promises that are settled already be heard. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe('looking which trunks answer', () => {
  it('tells of each in turn, says nothing where Asterisk does not answer, and begins anew after ten seconds', async () => {
    const clock = new ManualClock();
    const told: string[] = [];
    const answers: Record<string, AriOutcome<boolean>> = {
      a: { kind: 'done', value: true },
      b: { kind: 'done', value: false },
      c: { kind: 'unknown', message: 'away' },
    };
    const poll = new TrunkPoll(
      { endpointOnline: async (trunk) => answers[trunk] ?? { kind: 'unknown', message: '' } },
      () => Object.keys(answers),
      { saw: (trunk, sign) => void told.push(`${trunk} ${sign}`) },
      clock,
    );
    poll.start();
    const turns = async (milliseconds: number) => {
      for (let gone = 0; gone < milliseconds; gone += 20) {
        clock.advance(20);
        await settle();
      }
    };
    await turns(9_980);
    expect(told).toEqual([]);
    await turns(200);
    expect(told).toEqual(['a reachable', 'b unreachable']);
    await turns(10_100);
    expect(told).toHaveLength(4);
    poll.stop();
    expect(clock.pending).toBe(0);
  });
});
