import { type CanonicalNumber, presentCaller } from '../../numbering/index.js';
import type { Member, RouteFacts } from './facts.js';
import type { Trunk } from './network.js';
import type { Calling } from './verdict.js';

/** What a network may have written as a number; anything else is shown as withheld rather than passed on. */
const PRESENTABLE = /^\+?[0-9*#]{1,32}$/;

/** How the caller is shown to a member of ours: his number as members dial it, his name beside it. */
export function callingToMember({ origin, caller, presented }: RouteFacts): Calling {
  if (origin.kind === 'trunk') {
    return PRESENTABLE.test(presented) ? { number: presented, withheld: false } : { withheld: true };
  }
  const number = caller === undefined ? undefined : mainNumber(caller, origin.country)?.key;
  return number === undefined || caller === undefined
    ? { withheld: true }
    : { number, name: caller.name, withheld: false };
}

/** How the caller is shown on a trunk: as the E.164 number that stands for him there, in that network's form, without a name. */
export function callingOnTrunk({ origin, caller }: RouteFacts, trunk: Trunk): Calling {
  const home = origin.country;
  const number = caller === undefined ? undefined : mainNumber(caller, home);
  const shown = presentCaller(canonical(number, trunk.country), trunk, false);
  return shown.from === 'anonymous' ? { withheld: true } : { number: shown.from, withheld: false };
}

/** The canonical calling number for the record. */
export function callingForRecord({ origin, caller, presented }: RouteFacts): string | undefined {
  if (origin.kind === 'trunk') return PRESENTABLE.test(presented) ? presented : undefined;
  return caller === undefined ? undefined : mainNumber(caller, origin.country)?.key;
}

/** Of several numbers that of the country he calls from, else his first. */
const mainNumber = (member: Member, country: string) =>
  member.numbers.find((number) => number.region === country) ?? member.numbers[0];

/** A number of ours with the verified shadow of the far network's country, else of its own, else any. */
function canonical(number: Member['numbers'][number] | undefined, country: string): CanonicalNumber {
  if (number === undefined) return { kind: 'own', key: '' };
  const verified = number.shadows.filter((shadow) => shadow.verified);
  const shadow =
    verified.find((one) => one.country === country) ??
    verified.find((one) => one.country === number.region) ??
    verified[0];
  return { kind: 'own', key: number.key, ...(shadow === undefined ? {} : { shadow: shadow.e164 }) };
}
