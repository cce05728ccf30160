import { expect, test } from '@jest/globals';
import { type Order, type OrderRing, serveOrder } from './order.js';

const rings = (ring: OrderRing): Order => ({
  id: 'o',
  ring,
  ringSeconds: 20,
  onAnswer: { do: 'service', service: 'supervise', mode: 'whisper', agent: '201' },
  language: 'ko',
  digits: '',
});

test.each([
  [{ kind: 'device', memberId: 'boss', username: 'u' }, 'boss'],
  [{ kind: 'member', memberId: 'boss' }, 'boss'],
  [{ kind: 'number', e164: '+82262001234' }, ''],
] as const)(
  'given_%j_is_rung_to_supervise_then_it_is_as_the_member_%j_whose_telephone_it_is',
  (ring, member) => {
    expect(serveOrder(rings(ring))?.service).toEqual({
      name: 'supervise',
      mode: 'whisper',
      member,
      agent: '201',
      language: 'ko',
    });
  },
);
