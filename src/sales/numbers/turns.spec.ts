import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('of one key come one after the other, whatever became of the one before; other keys do not wait', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let go = (): void => undefined;
    const gate = new Promise<void>((open) => {
      go = open;
    });
    const first = turns.take('a', async () => {
      await gate;
      log.push('a1');
      throw new Error('a1 failed');
    });
    const second = turns.take('a', async () => log.push('a2'));
    await turns.take('b', async () => log.push('b1'));
    go();
    await expect(first).rejects.toThrow('a1 failed');
    await second;
    expect(log).toEqual(['b1', 'a1', 'a2']);
  });
});
