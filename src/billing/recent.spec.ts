import { describe, expect, it } from '@jest/globals';
import { Recent } from './recent.js';

describe('what was looked up lately', () => {
  it('is looked up once, also when several ask at the same time', async () => {
    const recent = new Recent<number>(10);
    let loads = 0;
    const ask = () => recent.get('a', async () => ++loads);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(1);
  });

  it('makes room for the newest; what is used stays', async () => {
    const recent = new Recent<string>(2);
    const ask = (key: string, value: string) => recent.get(key, async () => value);
    await ask('a', 'a1');
    await ask('b', 'b1');
    await ask('a', 'a2');
    await ask('c', 'c1');
    expect(await Promise.all([ask('a', 'a3'), ask('c', 'c3')])).toEqual(['a1', 'c1']);
    expect(await ask('b', 'b3')).toBe('b3');
  });

  it('does not remember a failure', async () => {
    const recent = new Recent<string>(2);
    await expect(recent.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await recent.get('a', async () => 'there')).toBe('there');
  });

  it('is forgotten on demand, and a look-up that was under way then is not remembered', async () => {
    const recent = new Recent<string>(2);
    let finish: (value: string) => void = () => undefined;
    const underWay = recent.get('a', () => new Promise((resolve) => (finish = resolve)));
    recent.forget('a');
    finish('old');
    expect(await underWay).toBe('old');
    expect(await recent.get('a', async () => 'new')).toBe('new');
    recent.forgetAll();
    expect(await recent.get('a', async () => 'newest')).toBe('newest');
  });
});
