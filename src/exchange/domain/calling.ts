import {
  type CanonicalNumber,
  type NumberFormat,
  presentCaller,
  switchNumber,
} from '../../numbering/index.js';
import type { Origin } from './call.js';
import type { Member, MemberNumber, RouteFacts } from './facts.js';
import type { Trunk } from './trunk.js';
import type { Calling } from './verdict.js';
import type { Walk } from './walk.js';

/** What a network may have written as a number; anything else is shown as withheld rather than passed on. */
const PRESENTABLE = /^\+?[0-9*#]{1,32}$/;
const AS_IT_IS: NumberFormat = { form: 'keep' };
const WITHHELD: Calling = { withheld: true };

/** How the caller is shown to a member of ours: his number as members dial it, his name beside it. */
export function callingToMember({ origin, caller, presented, hidden }: RouteFacts): Calling {
  if (hidden) return WITHHELD;
  if (origin.kind === 'trunk') {
    return PRESENTABLE.test(presented) ? { number: presented, withheld: false } : WITHHELD;
  }
  const number = caller && mainNumber(caller, origin)?.key;
  return number === undefined || caller === undefined
    ? WITHHELD
    : { number, name: caller.name, withheld: false };
}

/**
 * How the caller is shown on a trunk: as the E.164 number that stands for him there, in that network's form, without a name;
 * at a partner's centre as members know him. Networks that we trust are told also who hides (RFC 3325).
 */
export function callingOnTrunk(walk: Walk, trunk: Trunk): Calling {
  const { facts } = walk;
  if (facts.origin.kind === 'trunk' && !PRESENTABLE.test(facts.presented)) return WITHHELD;
  const centre = trunk.kind === 'centre';
  const side = centre ? { ...trunk, callingFormat: AS_IT_IS } : trunk;
  const { from, asserted } = presentCaller(callerOn(walk, trunk), side, facts.hidden);
  const told = asserted === undefined ? {} : { asserted: uriOf(asserted, facts) };
  if (from === 'anonymous') return { withheld: true, ...told };
  const name = centre && facts.caller !== undefined ? { name: facts.caller.name } : {};
  return { number: from, withheld: false, ...name, ...told };
}

/** The member who had the call sent on, as that network writes him: Diversion (RFC 5806). */
export function divertingOn({ facts, via }: Walk, trunk: Trunk): { diverting?: { uri: string } } {
  const forwarder = via.at(-1);
  if (forwarder === undefined) return {};
  const format = trunk.kind === 'centre' ? AS_IT_IS : trunk.callingFormat;
  const number = switchNumber(canonical(forwarder, trunk, trunk.country), format, trunk.country);
  return number === undefined ? {} : { diverting: { uri: uriOf(number, facts) } };
}

/** A number that we vouch for: at our own domain (RFC 3261 section 25.1 wants # escaped). */
const uriOf = (number: string, { sipDomain }: RouteFacts): string =>
  `sip:${number.replaceAll('#', '%23')}@${sipDomain}`;

/** The canonical calling number for the record. */
export function callingForRecord({ origin, caller, presented }: RouteFacts): string | undefined {
  if (origin.kind === 'trunk') return PRESENTABLE.test(presented) ? presented : undefined;
  return caller && mainNumber(caller, origin)?.key;
}

/** Who calls; of a stranger whose number is no telephone number, the member who had his call sent on stands for him. */
function callerOn({ facts, via }: Walk, trunk: Trunk): CanonicalNumber {
  const { origin, caller, presentedE164 } = facts;
  if (origin.kind === 'trunk' && presentedE164 !== undefined) return { kind: 'e164', e164: presentedE164 };
  const member = origin.kind === 'trunk' ? via.at(-1) : caller;
  return member === undefined ? NOBODY : canonical(member, origin, trunk.country);
}

const NOBODY: CanonicalNumber = { kind: 'own', key: '' };

/** Where somebody calls from, and perhaps which of his numbers he wants shown. */
type From = Pick<Origin, 'country'> & { readonly shown?: string };

/** Of several numbers the one he wants shown; else that of the country he calls from, else his first. */
const mainNumber = ({ numbers }: Member, { country, shown }: From): MemberNumber | undefined =>
  numbers.find((number) => shown !== undefined && isShownAs(number, shown)) ??
  numbers.find((number) => number.region === country) ??
  numbers[0];

/** By its key, or by a telephone number of the public network that stands for it. */
export const isShownAs = ({ key, shadows }: MemberNumber, shown: string): boolean =>
  key === shown || shadows.some(({ e164, verified }) => verified && e164 === shown);

/** A member's number with the verified shadow of the far network's country, else of its own, else any. */
function canonical(member: Member, from: From, country: string): CanonicalNumber {
  const number = mainNumber(member, from);
  if (number === undefined) return NOBODY;
  const verified = number.shadows.filter((shadow) => shadow.verified);
  const shadow =
    verified.find((one) => one.e164 === from.shown) ??
    verified.find((one) => one.country === country) ??
    verified.find((one) => one.country === number.region) ??
    verified[0];
  return { kind: 'own', key: number.key, ...(shadow === undefined ? {} : { shadow: shadow.e164 }) };
}
