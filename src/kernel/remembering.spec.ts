import { describe, expect, it } from '@jest/globals';
import { remembering } from './remembering.js';

describe('a function that remembers', () => {
  it('asks once for each of the latest keys, undefined answers included, and forgets the oldest', () => {
    const asked: string[] = [];
    const lengthOf = remembering(2, (key) => {
      asked.push(key);
      return key === '' ? undefined : key.length;
    });
    expect([lengthOf('aa'), lengthOf(''), lengthOf('aa'), lengthOf('')]).toEqual([
      2,
      undefined,
      2,
      undefined,
    ]);
    expect(asked).toEqual(['aa', '']);
    lengthOf('b');
    expect([lengthOf('aa'), lengthOf('b')]).toEqual([2, 1]);
    expect(asked).toEqual(['aa', '', 'b', 'aa']);
  });
});
