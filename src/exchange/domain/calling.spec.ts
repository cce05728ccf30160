import { describe, expect, it } from '@jest/globals';
import type { RouteFacts } from './facts.js';
import { networkOf, type Trunk } from './network.js';
import { factsOf, fromSeoul, kim, lee, newYork, partner, routeOf, seoul, trunkOf } from './route.fixture.js';
import { decideRoute } from './route.js';
import type { LegPlan } from './verdict.js';

function firstLeg(facts: RouteFacts): LegPlan | undefined {
  const { verdict } = decideRoute(facts);
  const [first] = verdict.kind === 'connect' ? verdict.attempts : [];
  return first?.kind === 'ring' ? first.legs[0] : undefined;
}
const on = (trunk: Trunk, more: Partial<RouteFacts> = {}) =>
  firstLeg(factsOf('+442079460082', { network: networkOf({ routes: [routeOf('', trunk)] }), ...more }))
    ?.calling;
const trusted = { ...seoul, trusted: true };

describe('how a caller is shown', () => {
  it.each<[string, Trunk, string]>([
    ['national, in his own country', seoul, '0262006100'],
    ['E.164 with +', newYork, '+82262006100'],
    ['national, abroad: with that country’s international prefix', trunkOf('gw-jp', 'JP'), '01082262006100'],
    ['with a prefix', { ...seoul, callingFormat: { form: 'international', prefix: '00' } }, '0082262006100'],
    [
      'a carrier’s form',
      { ...seoul, callingFormat: { form: 'carrier', strip: 2, prepend: '9#' } },
      '9#262006100',
    ],
  ])('%s', (_, trunk, number) => {
    expect(on(trunk)).toEqual({ number, withheld: false });
  });

  it('a trusted network is told who calls, a hidden caller too; no other network is', () => {
    expect(on(trusted)).toEqual({
      number: '0262006100',
      withheld: false,
      asserted: 'sip:0262006100@sip.example',
    });
    expect(on(trusted, { hidden: true })).toEqual({ withheld: true, asserted: 'sip:0262006100@sip.example' });
    expect(on(seoul, { hidden: true })).toEqual({ withheld: true });
  });

  it('a hidden caller shows a member nothing, neither number nor name', () => {
    expect(firstLeg(factsOf('0262006200082', { hidden: true }))?.calling).toEqual({ withheld: true });
  });

  it('at a partner’s centre by his number as members know it, whatever form telephones have there', () => {
    expect(on(partner)).toMatchObject({ number: '0262006100082', name: 'Kim Ara' });
  });

  it('by the number of the country that he calls from, and its shadow for the far network', () => {
    const shadows = [
      { country: 'US', e164: '+12128675300', verified: true },
      { country: 'KR', e164: '+82262009999', verified: false },
    ];
    const caller = { ...kim, numbers: [...kim.numbers, { key: '2128675300001', region: 'US', shadows }] };
    const origin = { ...factsOf('119').origin, country: 'US' };
    expect(on(newYork, { caller, origin })).toMatchObject({ number: '+12128675300' });
    expect(on(newYork, { caller })).toMatchObject({ number: '+82262006100' });
  });
});

describe('how a caller from outside is shown where a member sends him on', () => {
  const sentOn = (more: Partial<RouteFacts>) => {
    const callee = {
      ...lee,
      contacts: [{ id: 'home', e164: '+12125550100' }],
      findMe: [{ kind: 'contact', target: 'home', ringSeconds: 20, withPrevious: false } as const],
    };
    return firstLeg(factsOf('0262006200', { callee, origin: fromSeoul, ...more }))?.calling;
  };

  it('as he is, in the far network’s form', () => {
    expect(sentOn({ presented: '01094634066', presentedE164: '+821094634066' })).toEqual({
      number: '+821094634066',
      withheld: false,
    });
  });

  it('by the member’s number when his own is no telephone number, not at all when he hides', () => {
    expect(sentOn({ presented: '4711' })).toEqual({ number: '+82262006200', withheld: false });
    expect(sentOn({ presented: 'anonymous' })).toEqual({ withheld: true });
  });
});
