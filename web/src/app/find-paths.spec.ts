import { describe, expect, it } from '@jest/globals';
import { pathOfHit } from './find-paths.js';

const hit = { id: 'c1', title: '02-6200-6200-082' };

describe('where what was found is shown', () => {
  it('given_a_call_then_its_trace_and_given_a_number_then_what_would_become_of_a_call_to_it', () => {
    expect(pathOfHit('call', hit, ['support'])).toBe('/console/calls/c1');
    expect(pathOfHit('number', hit, ['support'])).toBe('/console/explain?from=KR&dialled=02-6200-6200-082');
  });

  it('given_an_order_then_its_page_for_operators_alone', () => {
    expect(pathOfHit('order', hit, ['operator'])).toBe('/ops/orders/c1');
    expect(pathOfHit('order', hit, ['support'])).toBeUndefined();
  });
});
