import { describe, expect, it } from '@jest/globals';
import { changesOf, type Registered } from './registration-changes.js';

const at = (seconds: number) => new Date(1_795_804_000_000 + seconds * 1_000);
const contact = (key: string, expires: number, more: object = {}) => ({
  key,
  aor: key,
  uri: `sip:${key}@192.0.2.7`,
  address: '192.0.2.7:5060',
  userAgent: 'phone',
  expiresAt: at(expires),
  ...more,
});
const known = (...all: readonly Registered[]) => new Map(all.map((one) => [one.key, one]));
const since = at(-100);

describe('what a look at the registrations changes', () => {
  it('given_a_new_phone_then_it_is_there_since_now', () => {
    const { put, gone } = changesOf(known(), [contact('a', 300)], at(0));
    expect(put).toEqual([{ ...contact('a', 300), since: at(0) }]);
    expect(gone).toEqual([]);
  });

  it('given_nothing_has_changed_then_nothing_is_written', () => {
    const { put, gone } = changesOf(known({ ...contact('a', 300), since }), [contact('a', 300)], at(0));
    expect({ put, gone }).toEqual({ put: [], gone: [] });
  });

  it.each([
    { expiresAt: at(600) },
    { address: '192.0.2.8:5060' },
    { userAgent: 'other' },
    { uri: 'sip:x@y' },
  ])('given_%j_then_it_is_written_and_it_is_there_since_as_before', (more) => {
    const { put } = changesOf(known({ ...contact('a', 300), since }), [contact('a', 300, more)], at(0));
    expect(put).toMatchObject([{ key: 'a', since }]);
  });

  it('given_it_is_no_longer_listed_or_has_run_out_then_it_is_gone', () => {
    const before = known({ ...contact('a', 300), since }, { ...contact('b', 1), since });
    const { put, gone, next } = changesOf(before, [contact('b', 1)], at(1));
    expect({ put, gone, left: next.size }).toEqual({ put: [], gone: ['a', 'b'], left: 0 });
  });
});
