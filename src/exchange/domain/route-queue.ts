import { countryOfNumber } from '../../numbering/index.js';
import type { CalledParty } from './callee.js';
import { callingForRecord, callingToMember } from './calling.js';
import type { Stop } from './course.js';
import type { RouteFacts } from './facts.js';
import { languageOf } from './route-verdicts.js';
import type { QueueService, QueueTarget, QueueVisitor } from './service.js';
import type { Leads } from './walk.js';

/** To the queue that a number points to, instead of its holder's phones; undefined where it points to none. */
export function queueLeads(facts: RouteFacts, { queue }: CalledParty): Leads | undefined {
  if (queue === undefined) return undefined;
  return { start: queueStop(facts, { queue: queue.id }, queue.late) };
}

export const queueStop = (facts: RouteFacts, to: QueueTarget, late = false): Stop => ({
  kind: 'serve',
  service: queueService(facts, to),
  caller: callingToMember(facts),
  ...(late ? { late: true } : {}),
});

const queueService = (facts: RouteFacts, to: QueueTarget): QueueService => ({
  name: 'queue',
  to,
  visitor: visitorOf(facts),
  language: languageOf(facts),
});

/** Another network brings callers of many countries: their numbers say more than its own. */
const countryOf = ({ origin }: RouteFacts, number: string | undefined): string =>
  (origin.kind === 'trunk' && number !== undefined ? countryOfNumber(number) : undefined) ?? origin.country;

function visitorOf(facts: RouteFacts): QueueVisitor {
  const { origin, caller, presentedE164, hidden, dialled } = facts;
  const number = presentedE164 ?? callingForRecord(facts);
  return {
    ...(origin.kind === 'member' ? { memberId: origin.memberId } : {}),
    ...(caller === undefined ? {} : { language: caller.language }),
    country: countryOf(facts, hidden ? undefined : number),
    ...(number === undefined || hidden ? {} : { number }),
    dialled,
  };
}
