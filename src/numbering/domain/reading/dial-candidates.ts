import { longestPrefix } from '../../../kernel/prefix-table.js';
import type { Dial } from '../input/input.js';
import { isBarred } from '../plan/barring.js';
import { matchCarrier } from '../plan/carrier-patterns.js';
import { matchFeature } from '../plan/feature-codes.js';
import { type Plan, shortCodeIn } from '../plan/plan.js';
import { afterIddPrefixes } from '../telephone/idd-prefixes.js';
import type { Phone } from '../telephone/phone.js';
import { matchPstn, type PstnForm } from '../telephone/pstn-forms.js';
import { spelledPhone } from '../telephone/spelled-pin.js';
import type { CallerContext } from './caller.js';
import type { Candidate, Candidates, PinCandidate, PstnCandidate, VnsCandidate } from './candidate.js';
import { missesOf } from './misses.js';
import { aloneCandidates, bareCandidates, explicitCandidates } from './own-candidates.js';
import { refused } from './refusals.js';
import { type StepVerdict, verdict } from './verdict.js';

const DIGITS = /^\+?\d+$/;

/** Steps 1 to 5 for a dial string. */
export function dialCandidates(raw: string, input: Dial, caller: CallerContext, plan: Plan): Candidates {
  const { dial, dashed } = input;
  // A final # may be all that an analogue adapter adds to end dialling.
  const ended = dial.endsWith('#') ? dial.slice(0, -1) : dial;
  const certain = emergency(ended, caller, plan) ?? feature(dial, caller, plan);
  const list = certain === undefined ? uncertain(dial, ended, dashed, caller, plan) : [certain];
  const misses = [understood(input), ...missesOf(list)];
  return list.length === 0 && !DIGITS.test(ended)
    ? { raw, caller, list, misses, refusal: refused('incomplete') }
    : { raw, caller, list, misses };
}

function understood({ dial, dashed }: Dial): StepVerdict {
  const text = dashed ? `dialled ${dial}, with a final group -CCC` : `dialled ${dial}`;
  return verdict('input', 'understood', dashed ? 'input.dashed' : 'input.dialled', text);
}

function uncertain(
  dial: string,
  ended: string,
  dashed: boolean,
  caller: CallerContext,
  plan: Plan,
): Candidate[] {
  const isDigits = DIGITS.test(ended);
  const explicit = explicitCandidates(dial, dashed);
  const alone = dial === ended ? [] : aloneCandidates(dial);
  const bare = isDigits ? without(explicit, bareCandidates(ended, caller, plan)) : [];
  const carrier = carrierCandidates(ended, caller, plan);
  const match = isDigits ? matchPstn(ended, caller) : undefined;
  const pstn = match === undefined ? [] : [pstnCandidate(match.phone, match.form, plan)];
  if (match !== undefined && match.form !== 'short')
    return [...explicit, ...pstn, ...alone, ...bare, ...carrier];
  const guess = match === undefined ? spelled([...explicit, ...bare], plan) : pstn;
  return [...explicit, ...alone, ...bare, ...guess, ...carrier];
}

function emergency(digits: string, { deviceCountry }: CallerContext, plan: Plan): Candidate | undefined {
  const code = shortCodeIn(digits, deviceCountry, plan);
  if (code === undefined) return undefined;
  const { number, service } = code;
  return {
    step: 'emergency',
    kind: 'emergency',
    reading: { kind: 'emergency', number, country: deviceCountry, service },
  };
}

function feature(dial: string, caller: CallerContext, plan: Plan): Candidate | undefined {
  const reading = matchFeature(plan.features, dial, caller);
  return reading === undefined ? undefined : { step: 'feature', kind: 'feature', reading };
}

function pstnCandidate(phone: Phone, form: PstnForm, plan: Plan): PstnCandidate {
  const carrierId = longestPrefix(plan.carriers.byE164, phone.e164.slice(1));
  const candidate = { step: 'pstn', kind: 'pstn', phone, form, barred: isBarred(phone, plan) } as const;
  return carrierId === undefined ? candidate : { ...candidate, carrierId };
}

/** A personal number that nobody has still spells a telephone number: its owner need not be a member. */
function spelled(own: readonly (PinCandidate | VnsCandidate)[], plan: Plan): PstnCandidate[] {
  const pin = own.find((candidate) => candidate.kind === 'pin' && !candidate.identification);
  const phone = pin === undefined ? undefined : spelledPhone(pin.key);
  return phone === undefined ? [] : [pstnCandidate(phone, 'spelled', plan)];
}

/** A carrier's numbers are matched as dialled and, after an international prefix, as if dialled with `+`. */
function carrierCandidates(dial: string, caller: CallerContext, plan: Plan): Candidate[] {
  if (plan.carriers.patterns.size === 0) return [];
  const abroad = afterIddPrefixes(dial, caller.country).map((rest) => `+${rest}`);
  return [dial, ...abroad].flatMap((number) => {
    const carrierId = matchCarrier(plan.carriers, number, caller);
    return carrierId === undefined ? [] : [{ step: 'carrier', kind: 'carrier', carrierId, number } as const];
  });
}

function without(
  known: readonly (PinCandidate | VnsCandidate)[],
  more: readonly (PinCandidate | VnsCandidate)[],
): (PinCandidate | VnsCandidate)[] {
  return more.filter((candidate) => !known.some(({ key }) => key === candidate.key));
}
