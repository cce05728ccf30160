import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../kernel/clock.js';
import { Admission } from './admission.js';
import { isNewEnough } from './asterisk.health.js';
import { Lru } from './lru.js';

describe('admission', () => {
  it('lets so many in within any second, and more when that has passed', () => {
    const clock = new ManualClock();
    const admission = new Admission({ calls: 100, perSecond: 3 }, () => 1, clock);
    const admit = () => admission.admit();
    expect([admit(), admit(), admit(), admit()]).toEqual([true, true, true, false]);
    clock.advance(999);
    expect(admit()).toBe(false);
    clock.advance(1);
    expect([admit(), admit(), admit(), admit()]).toEqual([true, true, true, false]);
  });

  it('counts the calls that are open, so one that ended makes room', () => {
    let open = 3;
    const admission = new Admission({ calls: 2, perSecond: 100 }, () => open, new ManualClock());
    expect(admission.admit()).toBe(false);
    open = 2;
    expect(admission.admit()).toBe(true);
  });
});

describe("Asterisk's version", () => {
  it.each([
    ['22.10.1', true],
    ['22.10.1+dfsg+~cs6.17.60671434-1', true],
    ['22.10.0', false],
    ['22.9.9', false],
    ['22.11', true],
    ['23.0.0', true],
    ['20.20.1', false],
    ['', false],
    ['GIT-master', false],
  ])('%s is new enough: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough));
});

describe('the cache of what was used last', () => {
  it('drops what was not used for longest, and tells', () => {
    const dropped: string[] = [];
    const lru = new Lru<number>(2, (key) => dropped.push(key));
    lru.set('a', 1);
    lru.set('b', 2);
    lru.get('a');
    lru.set('c', 3);
    expect(dropped).toEqual(['b']);
    expect([lru.get('a'), lru.get('b'), lru.get('c'), lru.size]).toEqual([1, undefined, 3, 2]);
  });
});
