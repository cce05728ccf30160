import { orProblem } from '../infra/http/answer.js';
import type { Principal } from '../infra/http/principal.js';
import { err, failure, ok } from '../kernel/result.js';
import { type Seen, seenBy } from './owner.js';

/** For a route: whose rows the caller sees. Somebody to whom nothing belongs hears so (404: nothing is there for him). */
export function seenByCaller(principal: Principal): Seen {
  const seen = seenBy(principal);
  return orProblem(seen === undefined ? err(noCompany) : ok(seen));
}

const noCompany = failure('company.not-found', 'Your account belongs to no company.', {
  hint: 'ask the administrator of your company to invite you',
});
