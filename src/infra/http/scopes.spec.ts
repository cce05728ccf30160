import { describe, expect, test } from '@jest/globals';
import { type PolicyName, policies, userRoles } from './policies.js';
import { decideFor } from './policy.js';
import { inScope, scopes } from './scopes.js';

const names = Object.keys(policies) as readonly PolicyName[];

describe('scopes of an API key, over the whole policy table', () => {
  test.each(names)('%s: a key limited to it may do it and nothing else', (name) => {
    const may = names.filter((one) => inScope(one, [name]));
    expect(may).toEqual([name]);
    expect(inScope(name, [`${name.split('.')[0]}.*`])).toBe(true);
    expect(inScope(name, ['nothing.*'])).toBe(false);
    expect(inScope(name, null)).toBe(true);
  });

  test.each(names)('%s: a scope never gives what the role does not', (name) => {
    for (const role of userRoles) {
      const key = (given: readonly string[] | null) =>
        decideFor(name, { fromThisHost: false, signedIn: { roles: [role], by: 'api-key', scopes: given } });
      const unlimited = key(null);
      expect(key(scopes)).toBe(unlimited);
      if (policies[name].roles.includes(role as never)) continue;
      expect(['forbidden', 'allowed']).toContain(unlimited);
      if (unlimited === 'allowed') expect('open' in policies[name]).toBe(true);
    }
  });
});
