import type { Leg } from '../domain/call.js';
import { outcomeOf, q850 } from '../domain/causes.js';
import type { Sign } from './circuit.js';

/** What a leg's change tells of its trunk; undefined when it tells nothing (a person's answer to this one call, or our own doing). */
export function signOf(before: Leg | undefined, after: Leg): Sign | undefined {
  if (after.plan.kind !== 'trunk') return undefined;
  if (after.ringingAt !== undefined || after.answeredAt !== undefined) {
    return before?.ringingAt === undefined && before?.answeredAt === undefined ? 'well' : undefined;
  }
  if (after.status !== 'ended' || before?.status === 'ended') return undefined;
  if (after.dropped !== undefined) return after.dropped === q850.noResponse ? 'dead' : undefined;
  // Not even made: it carries as many calls as it may (`call-runner`).
  if (after.createdAt === undefined && after.sip === undefined && after.q850 === q850.switchCongestion)
    return undefined;
  switch (outcomeOf({ q850: after.q850 ?? 0, sip: after.sip, rang: false })) {
    case 'congestion':
    case 'failed':
      return 'trouble';
    case 'unreachable':
      // 480 is an answer; 408 is Asterisk's own word for silence (timer B), as is a cause without any status.
      return after.sip === 480 ? 'well' : 'dead';
    case 'busy':
    case 'declined':
    case 'no-answer':
    case 'unallocated':
      return 'well';
    default:
      return undefined;
  }
}
