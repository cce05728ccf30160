import { SetMetadata } from '@nestjs/common';
import { type PolicyName, type PolicyRule, policies, type UserRole } from './policies.js';

const POLICY = Symbol('POLICY');

/** Names the line of `policies` that says who may call a route. Goes on the method, never on the class: each route says its own. */
export const Policy = (name: PolicyName): MethodDecorator => SetMetadata(POLICY, name);

/** The policy a route's method carries; undefined means that nobody may call it. */
export const policyOf = (handler: object): PolicyName | undefined => Reflect.getMetadata(POLICY, handler);

export type Verdict = 'allowed' | 'sign-in-first' | 'forbidden';

/** Decides from the table alone. `roles` is undefined for somebody who hasn't signed in. */
export function decideAccess(
  rule: PolicyRule | undefined,
  roles: readonly UserRole[] | undefined,
  fromThisHost: boolean,
): Verdict {
  if (rule === undefined) return 'forbidden';
  if (rule.open === 'anyone' || (rule.open === 'this-host' && fromThisHost)) return 'allowed';
  if (roles === undefined) return 'sign-in-first';
  return roles.some((role) => rule.roles.includes(role)) ? 'allowed' : 'forbidden';
}

export const ruleOf = (name: PolicyName | undefined): PolicyRule | undefined =>
  name === undefined ? undefined : policies[name];
