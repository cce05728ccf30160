import type { CalledParty } from './callee.js';
import { callingToMember } from './calling.js';
import { q850 } from './causes.js';
import { partnerOf } from './centres.js';
import type { Onward, Stop } from './course.js';
import type { Callee, Destination } from './facts.js';
import { centreLeads } from './route-centre.js';
import { findMe } from './route-find-me.js';
import { languageOf } from './route-verdicts.js';
import { type Leads, ledOnBy, notNow, outcomeOfRefusal, refuse, type Walk } from './walk.js';

/** Leads to where a destination goes: `route.ts`'s, given along so that a forwarded call can go anywhere a dialled one can. */
export type Follow = (walk: Walk, destination: Destination, onward: Onward) => Leads;

/** So many members in a row may send a call on (as ISUP's redirection counter, Q.763 3.45: five). */
export const MOST_FORWARDS = 5;

/**
 * To a member as he wants it: forwarded always; not disturbed; looked for in his own order; then forwarded when busy or when
 * nobody answers; at last his voicemail.
 */
export function memberLeads(
  walk: Walk,
  callee: Callee | undefined,
  { number, home }: CalledParty,
  onward: Onward,
  follow: Follow,
): Leads {
  if (callee === undefined) return notNow('directory-away', q850.congestion);
  if (!callee.active) return refuse('unallocated-number', q850.unallocated);
  if (walk.via.length > MOST_FORWARDS || walk.via.some(({ id }) => id === callee.id)) {
    return refuse('no-device', q850.absent);
  }
  const partner =
    home === undefined || callee.devices.length > 0 || callee.pushed === true
      ? undefined
      : partnerOf(walk.facts.network.centres, home.region, home.areaNumber);
  if (partner !== undefined) return centreLeads(walk, partner, number, onward);
  const last = voicemails(walk, callee, onward);
  const send = (destination: Destination | undefined): Stop | undefined => {
    const leads = destination && follow(ledOnBy(walk, callee), destination, last);
    return leads !== undefined && 'start' in leads ? leads.start : undefined;
  };
  const always = send(callee.forwards?.always);
  if (always !== undefined) return { start: always };
  const ends = forwarding(last, send(callee.forwards?.busy), send(callee.forwards?.noAnswer));
  if (callee.settings.doNotDisturb) return orElse(refuse('do-not-disturb', q850.busy), ends);
  if (isBusy(walk, callee)) return orElse(refuse('member-busy', q850.busy), ends);
  const start = findMe(walk, callee, number, ends);
  return start === undefined ? orElse(refuse('no-device', q850.absent), ends) : { start };
}

/** Talking without call waiting, or with as many calls as he may have. */
function isBusy({ facts }: Walk, { id, settings }: Callee): boolean {
  const calls = facts.load.calls('member', id);
  const most = settings.maxCalls ?? facts.memberLimits.calls;
  return (!settings.callWaiting && calls > 0) || (most !== null && calls >= most);
}

/** A message after every outcome that left the person unreached, if he has a mailbox and wants it. Saying no counts as busy. */
function voicemails({ facts }: Walk, { id, settings, findMe: steps }: Callee, onward: Onward): Onward {
  const wanted = steps.length === 0 || steps.some(({ kind }) => kind === 'voicemail');
  if (!settings.voicemail || !wanted) return onward;
  const language = languageOf(facts);
  const after = (reason: 'busy' | 'no-answer' | 'unreachable'): Stop => ({
    kind: 'serve',
    service: { name: 'voicemail', mailbox: id, language, reason },
    caller: callingToMember(facts),
  });
  return ended(onward, {
    busy: after('busy'),
    noAnswer: after('no-answer'),
    unreachable: after('unreachable'),
  });
}

/** Saying no is busy, too (3GPP TS 22.082: user determined user busy); not to be reached is no answer. */
const forwarding = (onward: Onward, busy: Stop | undefined, noAnswer: Stop | undefined): Onward =>
  ended(onward, { busy, noAnswer, unreachable: noAnswer });

interface Ends {
  readonly busy: Stop | undefined;
  readonly noAnswer: Stop | undefined;
  readonly unreachable: Stop | undefined;
}

function ended(onward: Onward, { busy, noAnswer, unreachable }: Ends): Onward {
  return {
    ...onward,
    ...(busy && { busy, declined: busy }),
    ...(noAnswer && { 'no-answer': noAnswer }),
    ...(unreachable && {
      unreachable,
      congestion: unreachable,
      failed: unreachable,
      unacceptable: unreachable,
      unallocated: unreachable,
    }),
  };
}

/** What a refusal would lead to, else the refusal. */
export function orElse(leads: Leads, onward: Onward): Leads {
  const next = 'refusal' in leads ? onward[outcomeOfRefusal(leads.refusal)] : undefined;
  return next === undefined ? leads : { start: next };
}
