import { describe, expect, it } from '@jest/globals';
import { Mailbox } from './mailbox.js';

describe('a mailbox', () => {
  it('is read in the order of coming, also what comes while a letter is read', () => {
    const read: string[] = [];
    const box: Mailbox<string> = new Mailbox((letter) => {
      if (letter === 'first') box.post('third');
      read.push(letter);
      if (letter === 'first') box.post('fourth');
    });
    box.post('first');
    box.post('second');
    expect(read).toEqual(['first', 'third', 'fourth', 'second']);
  });

  it('drops what it cannot hold, and says so', () => {
    const dropped: boolean[] = [];
    const box: Mailbox<number> = new Mailbox((letter) => {
      if (letter === 0) dropped.push(box.post(1), box.post(2), box.post(3));
    }, 2);
    box.post(0);
    expect(dropped).toEqual([true, true, false]);
  });

  it('is read again after a letter that its reader threw at', () => {
    const read: number[] = [];
    const box = new Mailbox<number>((letter) => {
      if (letter === 1) throw new Error('bad letter');
      read.push(letter);
    });
    expect(() => box.post(1)).toThrow('bad letter');
    box.post(2);
    expect(read).toEqual([2]);
  });
});
