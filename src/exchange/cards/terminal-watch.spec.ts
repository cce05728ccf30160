import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { err, failure, ok } from '../../kernel/result.js';
import { TerminalWatch } from './terminal-watch.js';

function watching(registered: () => readonly string[] | 'silent') {
  const ended: string[] = [];
  const sql = {
    rows: async () =>
      [
        { deviceId: '1', username: 'lab-a' },
        { deviceId: '2', username: 'lab-b' },
      ] as never,
    run: async () => 0,
  };
  const objects = {
    registered: async () => {
      const now = registered();
      return now === 'silent' ? err(failure('console.unavailable', 'no')) : ok(new Set(now));
    },
  };
  const activations = {
    end: async (deviceId: string, by: string) => {
      ended.push(`${deviceId} ${by}`);
      return err(failure('card-activation.unknown', 'none'));
    },
  };
  const watch = new TerminalWatch(sql, objects, activations, new ManualClock(), { warn: () => undefined });
  return { watch, ended };
}

describe('a desk phone with a card in', () => {
  it('given_it_is_away_twice_when_looked_at_then_the_card_is_out', async () => {
    const { watch, ended } = watching(() => ['lab-a']);
    await watch.look();
    expect(ended).toEqual([]);
    await watch.look();
    expect(ended).toEqual(['2 terminal-lost']);
  });

  it('given_it_only_restarts_then_the_card_stays', async () => {
    let there: readonly string[] = ['lab-a'];
    const { watch, ended } = watching(() => there);
    await watch.look();
    there = ['lab-a', 'lab-b'];
    await watch.look();
    there = ['lab-a'];
    await watch.look();
    expect(ended).toEqual([]);
  });

  it('given_asterisk_does_not_answer_then_nobody_is_missed', async () => {
    let answer: readonly string[] | 'silent' = [];
    const { watch, ended } = watching(() => answer);
    await watch.look();
    answer = 'silent';
    await watch.look();
    answer = [];
    await watch.look();
    expect(ended).toEqual([]);
  });
});
