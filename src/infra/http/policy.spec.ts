import { describe, expect, test } from '@jest/globals';
import { policies, userRoles } from './policies.js';
import { decideAccess, ruleOf } from './policy.js';

const local = { fromThisHost: true };
const remote = { fromThisHost: false };
const as = (by: 'session' | 'api-key', ...roles: (typeof userRoles)[number][]) => ({
  ...remote,
  signedIn: { roles, by },
});

describe('access', () => {
  test('a route without a policy is refused to everybody, operators included', () => {
    for (const caller of [local, remote, as('session', ...userRoles)]) {
      expect(decideAccess(undefined, caller)).toBe('forbidden');
    }
  });

  test('staff whose roles wait for a second factor may set it up and sign out; a public terminal may set up none', () => {
    const rule = ruleOf('second-factor.own');
    expect(decideAccess(rule, as('session'))).toBe('allowed');
    expect(decideAccess(rule, as('session', 'terminal'))).toBe('forbidden');
    expect(decideAccess(ruleOf('session.end'), as('session'))).toBe('allowed');
    expect(decideAccess(ruleOf('shop.manage'), as('session'))).toBe('forbidden');
  });

  test('only these are open to anyone: a line more is a decision', () => {
    const open = Object.entries(policies).flatMap(([name, rule]) =>
      decideAccess(rule, remote) === 'allowed' ? [name] : [],
    );
    expect(open.toSorted()).toEqual([
      // Making an account and getting back into one: limited by source, the same answers to everybody.
      'account.open',
      'api.describe',
      'health.read',
      // The number bar: what a holder shows on the web, the same answer for numbers that are nobody's; limited by source.
      'numbers.resolve',
      // What a payment provider reports is believed by its signature alone.
      'payment-events.receive',
      // A telephone that has nothing yet fetches its settings by a limited, secret URL.
      'provisioning.fetch',
      'session.start',
      // Whoever looks at the shop is no customer yet.
      'shop.browse',
      // A flash card at a public terminal: its number and PIN code count, guessing is limited by card and by source.
      'terminal.start',
    ]);
  });

  test('metrics are for this host, or for an operator from anywhere', () => {
    const rule = ruleOf('metrics.read');
    expect(decideAccess(rule, local)).toBe('allowed');
    expect(decideAccess(rule, remote)).toBe('sign-in-first');
    expect(decideAccess(rule, as('api-key', 'operator'))).toBe('allowed');
    expect(decideAccess(rule, as('api-key', 'member', 'finance'))).toBe('forbidden');
  });

  test('one fitting role of several is enough, none is not', () => {
    const rule = { roles: ['finance', 'approver'], why: 'test' } as const;
    expect(decideAccess(rule, as('session', 'member', 'approver'))).toBe('allowed');
    expect(decideAccess(rule, as('session', 'member'))).toBe('forbidden');
    expect(decideAccess(rule, as('session'))).toBe('forbidden');
  });

  test('whose roles are withheld until he shows a code may still do what every account may; a terminal may not', () => {
    for (const name of ['me.secure', 'second-factor.own', 'session.end'] as const)
      expect(decideAccess(ruleOf(name), as('session'))).toBe('allowed');
    expect(decideAccess(ruleOf('second-factor.own'), as('session', 'terminal'))).toBe('forbidden');
    expect(decideAccess(ruleOf('session.end'), as('session', 'terminal'))).toBe('allowed');
    expect(decideAccess(ruleOf('calls.read'), as('session'))).toBe('forbidden');
  });

  test('an API key cannot do what is for people only', () => {
    expect(decideAccess(ruleOf('api-keys.manage'), as('api-key', 'operator'))).toBe('forbidden');
    expect(decideAccess(ruleOf('api-keys.manage'), as('session', 'member'))).toBe('allowed');
  });
});
