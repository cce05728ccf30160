import { describe, expect, it } from '@jest/globals';
import type { Origin } from './call.js';
import type { RouteFacts } from './facts.js';
import { networkOf } from './network.js';
import { destinationOf, factsOf, fromSeoul, lee, newYork, routeOf, seoul } from './route.fixture.js';
import { decideRoute } from './route.js';
import type { Verifies } from './trunk.js';

const signing = { ...newYork, attests: true };
const outBySigning = networkOf({ trunks: [signing], routes: [routeOf('', signing)] });
const legsOf = (facts: RouteFacts) => {
  const { verdict } = decideRoute(facts);
  if (verdict.kind !== 'connect') throw new Error(`expected connect, got ${JSON.stringify(verdict)}`);
  return verdict.attempts.flatMap((attempt) => (attempt.kind === 'ring' ? attempt.legs : []));
};

describe('a leg on a trunk that signs', () => {
  it("given_a_member's_call_then_it_is_signed", () => {
    const [leg] = legsOf(factsOf('0262001234', { network: outBySigning }));
    expect(leg).toMatchObject({ target: 'gw-us' });
    expect(leg).not.toHaveProperty('unsigned');
  });

  it("given_another_network's_call_that_a_member_sends_on_then_it_is_not", () => {
    const callee = { ...lee, forwards: { always: destinationOf('+12125550123') } };
    const sentOn = { origin: fromSeoul, caller: undefined, presented: '+13125550100', callee };
    expect(legsOf(factsOf('0262006200082', { ...sentOn, network: outBySigning }))[0]).toMatchObject({
      target: 'gw-us',
      unsigned: true,
    });
  });

  it('given_a_trunk_that_does_not_sign_then_nothing_is_said_of_it', () => {
    expect(legsOf(factsOf('0262001234'))[0]).not.toHaveProperty('unsigned');
  });
});

describe('a call from a trunk where callers are verified', () => {
  const verdictOf = (verifies: Verifies, identity?: string) => {
    const origin: Origin = { ...fromSeoul, ...(identity === undefined ? {} : { identity }) } as Origin;
    const network = networkOf({ trunks: [{ ...seoul, verifies }] });
    return decideRoute(factsOf('0262006200082', { origin, caller: undefined, network })).verdict;
  };

  it.each(['signature_validation', 'missing_identity_hdr', 'unchecked', undefined])(
    'given_that_it_wants_no_others_when_the_caller_is_found_%s_then_the_call_is_refused',
    (identity) => {
      expect(verdictOf('reject', identity)).toMatchObject({
        kind: 'refuse',
        reason: 'caller-unverified',
        q850: 21,
      });
    },
  );

  it.each(['A', 'B', 'C'])(
    'given_that_it_wants_no_others_when_he_is_verified_at_%s_then_it_connects',
    (level) => {
      expect(verdictOf('reject', level)).toMatchObject({ kind: 'connect' });
    },
  );

  it.each(['record', 'no'] as const)(
    'given_the_policy_%s_when_nobody_signed_then_it_connects',
    (verifies) => {
      expect(verdictOf(verifies, 'missing_identity_hdr')).toMatchObject({ kind: 'connect' });
    },
  );
});
