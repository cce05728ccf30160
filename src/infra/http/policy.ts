import { SetMetadata } from '@nestjs/common';
import { type PolicyName, type PolicyRule, people, policies, type UserRole, userRoles } from './policies.js';
import { inScope } from './scopes.js';

const POLICY = Symbol('POLICY');

/** Names the line of `policies` that says who may call a route. Goes on the method, never on the class: each route says its own. */
export const Policy = (name: PolicyName): MethodDecorator => SetMetadata(POLICY, name);

/** The policy a route's method carries; undefined means that nobody may call it. */
export const policyOf = (handler: object): PolicyName | undefined => Reflect.getMetadata(POLICY, handler);

/** Undefined for a name that isn't in the table: then nobody may. */
export const ruleOf = (name: PolicyName | undefined): PolicyRule | undefined =>
  name === undefined ? undefined : policies[name];

export type Verdict = 'allowed' | 'sign-in-first' | 'forbidden' | 'show-a-code';

/** What is known of a caller: `signedIn` is undefined for somebody who has not. */
export interface Caller {
  readonly fromThisHost: boolean;
  readonly signedIn?:
    | {
        readonly roles: readonly UserRole[];
        readonly by: 'session' | 'api-key';
        readonly codeIsStale?: boolean;
        /** Of an API key that is limited. */
        readonly scopes?: readonly string[] | null | undefined;
      }
    | undefined;
}

/** Decides from the table alone. */
export function decideAccess(rule: PolicyRule | undefined, { fromThisHost, signedIn }: Caller): Verdict {
  if (rule === undefined) return 'forbidden';
  if (isOpen(rule, fromThisHost)) return 'allowed';
  if (signedIn === undefined) return 'sign-in-first';
  if (rule.only !== undefined && rule.only !== signedIn.by) return 'forbidden';
  // What every role may, is for everybody who has signed in: also for one whose roles are withheld for now. A terminal has its one role always.
  const withheld = signedIn.roles.length === 0 && rule.roles === people;
  const allowed =
    withheld || rule.roles === userRoles || signedIn.roles.some((role) => rule.roles.includes(role));
  if (!allowed) return 'forbidden';
  return rule.fresh === true && signedIn.codeIsStale === true ? 'show-a-code' : 'allowed';
}

/** The same for a line of the table by its name: what an API key's scopes leave out is forbidden, too. */
export function decideFor(name: PolicyName | undefined, caller: Caller): Verdict {
  const verdict = decideAccess(ruleOf(name), caller);
  const { signedIn } = caller;
  return verdict === 'allowed' && signedIn !== undefined && !inScope(name, signedIn.scopes)
    ? 'forbidden'
    : verdict;
}

/** Served without looking at credentials at all: a health probe must not depend on the database. */
export const isOpen = (rule: PolicyRule, fromThisHost: boolean): boolean =>
  rule.open === 'anyone' || (rule.open === 'this-host' && fromThisHost);
