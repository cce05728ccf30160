import { describe, expect, it } from '@jest/globals';
import { compilePlan, DEFAULT_PLAN } from '../../numbering/index.js';
import type { Origin } from '../domain/call.js';
import { callerAt, withoutPin } from './arriving.js';
import { CardSlips } from './card-slips.js';

const origin: Origin = {
  kind: 'member',
  memberId: 'owner',
  deviceId: 'd1',
  country: 'KR',
  location: '+82262001111',
  username: 'lab-a',
};
const arrival = (dialled: string) => ({
  caller: { channel: 'c1', number: '', name: '' },
  channelCreatedAt: 0,
  at: 0,
  origin,
  dialled,
});

describe('a call that comes in from a terminal', () => {
  it('given_a_card_is_in_then_it_is_the_holders_but_stands_where_the_telephone_stands', () => {
    expect(callerAt(origin, (id) => (id === 'd1' ? 'holder' : undefined))).toEqual({
      ...origin,
      memberId: 'holder',
    });
    expect(callerAt(origin, () => undefined)).toBe(origin);
  });

  const compiled = compilePlan({
    ...DEFAULT_PLAN,
    featureCodes: [{ code: '*11', feature: 'card-in', argument: 'optional' }],
  });

  it.each(['*11*123456789012*654321', '*11*123456789012*654321#', '*11123456789012654321'])(
    'given_%s_is_dialled_then_no_pin_code_stays_in_the_call',
    (dialled) => {
      if (!compiled.ok) throw new Error('the plan is sound');
      const slips = new CardSlips();
      const told = withoutPin(arrival(dialled), compiled.value, slips);
      expect(JSON.stringify(told)).not.toMatch(/654321|123456789012/);
      expect(told.dialled).toBe('*11');
      expect(slips.take('c1')).toMatch(/^123456789012\*?654321$/);
      expect(slips.take('c1')).toBeUndefined();
    },
  );

  it.each(['*11', '02-6200-6200', '112'])('given_%s_is_dialled_then_it_stays_as_it_is', (dialled) => {
    if (!compiled.ok) throw new Error('the plan is sound');
    expect(withoutPin(arrival(dialled), compiled.value, new CardSlips())).toEqual(arrival(dialled));
  });
});
