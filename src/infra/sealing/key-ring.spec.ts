import { describe, expect, test } from '@jest/globals';
import { Secret } from '../../kernel/secret.js';
import { KeyRing } from './key-ring.js';

const key = (id: string) => ({ id, secret: new Secret(`${id}-`.repeat(20)) });

describe('a key ring', () => {
  const ring = new KeyRing([key('2'), key('1')]);

  test('unseals what it sealed, each time sealed differently', () => {
    const [one, two] = [ring.seal('a', '비밀'), ring.seal('a', '비밀')];
    expect(one).toMatch(/^2\.[\w-]+$/);
    expect(one).not.toBe(two);
    expect(ring.unseal('a', one)).toBe('비밀');
  });

  test('refuses what was moved to another context, changed, cut, or sealed by a key that is gone', () => {
    const sealed = ring.seal('member 1 birth date', '1990-02-28');
    expect(ring.unseal('member 2 birth date', sealed)).toBeUndefined();
    expect(ring.unseal('member 1 birth date', `${sealed.slice(0, -2)}AA`)).toBeUndefined();
    expect(ring.unseal('member 1 birth date', '2.AAAA')).toBeUndefined();
    expect(ring.unseal('member 1 birth date', 'nonsense')).toBeUndefined();
    expect(new KeyRing([key('3')]).unseal('member 1 birth date', sealed)).toBeUndefined();
  });

  test('after a rotation, what the old key sealed is still read and new things are sealed by the new one', () => {
    const old = new KeyRing([key('1')]);
    expect(ring.unseal('a', old.seal('a', 'text'))).toBe('text');
    expect(ring.seal('a', 'text').split('.')[0]).toBe('2');
  });

  test('a blind index is equal for equal values of a kind under one key, and for nothing else', () => {
    const hash = (from: KeyRing, kind: string, value: string) =>
      from.blindIndex(kind, value).hash.toString('hex');
    expect(hash(ring, 'phone', '+8210')).toBe(hash(ring, 'phone', '+8210'));
    expect(hash(ring, 'phone', '+8210')).not.toBe(hash(ring, 'phone', '+8211'));
    expect(hash(ring, 'phone', '+8210')).not.toBe(hash(ring, 'document', '+8210'));
    expect(hash(ring, 'phone', '+8210')).not.toBe(hash(new KeyRing([key('1')]), 'phone', '+8210'));
  });

  test('needs a key', () => {
    expect(() => new KeyRing([])).toThrow('needs a key');
  });
});
