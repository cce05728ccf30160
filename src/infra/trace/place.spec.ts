import { describe, expect, it } from '@jest/globals';
import { placeFrom, placeOf, traceparent } from './place.js';

const id = '019ac0de-1234-7abc-8def-0123456789ab';

describe('a place in a trace', () => {
  it('given_a_uuid_then_its_trace_has_the_same_digits_and_the_place_goes_through_a_traceparent_unchanged', () => {
    const place = placeOf(id, 1);
    expect(place).toEqual({
      traceId: '019ac0de12347abc8def0123456789ab',
      spanId: '8def0123456789ab',
      sampled: true,
    });
    expect(placeFrom(traceparent(place))).toEqual(place);
  });

  it('given_a_share_then_the_same_id_is_always_or_never_written_down', () => {
    const ids = Array.from(
      { length: 1_000 },
      (_, n) => `${id.slice(0, 28)}${(n * 4_294_967).toString(16).padStart(8, '0')}`,
    );
    const sampled = ids.filter((one) => placeOf(one, 0.25).sampled);
    expect(sampled).toHaveLength(251);
    expect(sampled).toEqual(ids.filter((one) => placeOf(one, 0.25).sampled));
    expect(ids.some((one) => placeOf(one, 0).sampled)).toBe(false);
    expect(placeFrom(traceparent(placeOf(id, 0)))?.sampled).toBe(false);
  });

  it.each(['', 'nonsense', '00-zz-zz-01', `00-${'a'.repeat(32)}-${'b'.repeat(15)}-01`, null, undefined])(
    'given_%p_then_it_is_no_place',
    (text) => {
      expect(placeFrom(text)).toBeUndefined();
    },
  );
});
