import { describe, expect, it } from '@jest/globals';
import { History } from '../../lab/history.js';

const numbers = () => new History<number>('numbers', String);

describe('History', () => {
  it('finds what has happened and what will happen', async () => {
    const history = numbers();
    history.add(1);
    expect(await history.first('odd', (n) => n % 2 === 1)).toBe(1);
    const later = history.first('even', (n) => n % 2 === 0);
    history.add(3);
    history.add(4);
    expect(await later).toBe(4);
  });

  it('leaves out what happened before `since`', async () => {
    const history = numbers();
    history.add(1);
    const next = history.first('any', () => true, { since: 1 });
    history.add(2);
    expect(await next).toBe(2);
  });

  it('fails at its deadline with what it saw', async () => {
    const history = numbers();
    history.add(7);
    await expect(history.first('an eight', (n) => n === 8, { within: 1 })).rejects.toThrow(
      'numbers: an eight did not come within 1 ms; seen:\n  7',
    );
  });

  it('fails every wait when it is closed, also later ones', async () => {
    const history = numbers();
    const waiting = history.first('any', () => true);
    history.close(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(history.first('any', () => true)).rejects.toThrow('gone');
  });
});
