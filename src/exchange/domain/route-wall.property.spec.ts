import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Callee, FindMeStep, RouteFacts } from './facts.js';
import { destinationOf, factsOf, fromPartner, fromSeoul, kim, lee } from './route.fixture.js';
import { decideRoute } from './route.js';
import type { LegPlan } from './verdict.js';

const legsOf = (facts: RouteFacts): readonly LegPlan[] => {
  const { verdict } = decideRoute(facts);
  if (verdict.kind !== 'connect') return [];
  return verdict.attempts.flatMap((attempt) => (attempt.kind === 'ring' ? attempt.legs : []));
};
const leaving = (facts: RouteFacts) => legsOf(facts).filter(({ kind }) => kind === 'trunk');

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[+*#0-9]{0,20}$/),
  fc.stringMatching(/^(sip:|tel:)?[a-z0-9*#+]{0,12}@(acme|carrier|evil)\.example$/),
  fc.constantFrom(
    '0362006400081',
    '*97',
    '*21*0262001234',
    '#31#119',
    '*31*+12125550100',
    'acme.example',
    '119',
  ),
);
/** What anybody of ours could be reached by. */
const ours = fc.constantFrom('0262006200082', '0262006200', '62006200#082', '62006200#001', '62006200*1');
const origin = fc.constantFrom(fromSeoul, fromPartner);
const presented = fc.oneof(fc.constantFrom('01012345678', '+82262006100', 'anonymous', ''), fc.string());

const step: fc.Arbitrary<FindMeStep> = fc.record({
  kind: fc.constantFrom('devices', 'device', 'contact', 'carrier', 'voicemail'),
  target: fc.constantFrom(null, 'home', 'else', 'lab-b'),
  ringSeconds: fc.integer({ min: 5, max: 120 }),
  withPrevious: fc.boolean(),
});
const forward = fc.option(
  fc.constantFrom('0262001234', '+12125550100', '*3931234', '0262006100082', '119', '*97', '0362006400081'),
  { nil: undefined },
);
const wishes: fc.Arbitrary<Callee> = fc
  .record({
    steps: fc.array(step, { maxLength: 5 }),
    always: forward,
    busy: forward,
    noAnswer: forward,
    doNotDisturb: fc.boolean(),
    voicemail: fc.boolean(),
  })
  .map(({ steps, doNotDisturb, voicemail, ...to }) => ({
    ...lee,
    findMe: steps,
    contacts: [{ id: 'home', e164: '+82262001234' }],
    carrierNumbers: [{ id: 'else', carrierId: 'other', number: '*3931234' }],
    settings: { ...lee.settings, doNotDisturb, voicemail },
    forwards: Object.fromEntries(
      Object.entries(to).flatMap(([when, dialled]) =>
        dialled === undefined ? [] : [[when, destinationOf(dialled)]],
      ),
    ),
  }));

describe('the toll-fraud wall', () => {
  it('whatever a trunk dials, nothing leaves for somebody who sent nothing on', () => {
    fc.assert(
      fc.property(fc.oneof(text, ours), origin, presented, (dialled, from, number) => {
        expect(leaving(factsOf(dialled, { origin: from, presented: number }))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('what a called member sends on leaves, and he pays for every leg of it', () => {
    let left = 0;
    fc.assert(
      fc.property(wishes, origin, presented, (callee, from, number) => {
        const legs = leaving(factsOf('0262006200082', { callee, origin: from, presented: number }));
        left += legs.length;
        // Kim is sent on to; she has nothing set that would leave.
        for (const leg of legs) expect(leg.payer).toBe(lee.id);
      }),
      { numRuns: 1_000 },
    );
    expect(left).toBeGreaterThan(200);
  });

  it('nobody sends others’ calls to the police or to a service code', () => {
    for (const dialled of ['119', '112', '*97', '*43']) {
      const callee = { ...lee, forwards: { always: destinationOf(dialled) } };
      const targets = legsOf(factsOf('0262006200082', { callee })).map(({ target }) => target);
      expect(targets).toEqual(['lab-b']);
    }
  });

  it('every attempt leads to later ones only, whatever a member has set', () => {
    fc.assert(
      fc.property(wishes, (callee) => {
        const { verdict } = decideRoute(factsOf('0262006200082', { callee }));
        if (verdict.kind !== 'connect') return;
        verdict.attempts.forEach((attempt, at) => {
          const nexts = attempt.kind === 'ring' ? Object.values(attempt.after) : [];
          for (const next of nexts) {
            expect(next).toBeGreaterThan(at + 1);
            expect(next).toBeLessThanOrEqual(verdict.attempts.length);
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it('a member who calls himself out pays himself: no leg has another payer', () => {
    for (const leg of legsOf(factsOf('+12125550100', { caller: kim }))) expect(leg.payer).toBeUndefined();
  });
});
