import { vnsAssignmentKey } from '../own/keys.js';
import type { Plan } from '../plan/plan.js';
import { cccOf, cccOfRegion, isCcc } from '../telephone/country-codes.js';
import type { CallerContext } from './caller.js';
import type { PinCandidate, VnsCandidate } from './candidate.js';

/** `62006200#082`, `62006200*82`; a further `#` only ends dialling. */
const WITH_CCC = /^(\d+)[#*](\d{1,3})#?$/;
const ALONE = /^(\d+)[#*]$/;
const VNS_NUMBER = /^\d{3,12}$/;
/** AREA-NUMBER: three digits at least, and no national format has more than 17. */
const PIN_KEY = /^\d{6,20}$/;

/** Readings of a spelling that only numbers of ours have. `ended`: with a `#` that may only have ended dialling. */
export function explicitCandidates(dial: string, dashed: boolean): (VnsCandidate | PinCandidate)[] {
  const match = WITH_CCC.exec(dial);
  if (match !== null) return withCcc(match[1] ?? '', cccOf(match[2] ?? ''));
  if (dial.endsWith('*')) return aloneCandidates(dial);
  const digits = dial.endsWith('#') ? dial.slice(0, -1) : dial;
  return dashed && isCcc(digits.slice(-3)) && PIN_KEY.test(digits) ? [pin('explicit', digits)] : [];
}

/** `NUMBER#`, `NUMBER*`: the company's branch where the caller is. */
export function aloneCandidates(dial: string): VnsCandidate[] {
  const number = ALONE.exec(dial)?.[1] ?? '';
  return VNS_NUMBER.test(number)
    ? [{ step: 'explicit', kind: 'vns', number, key: vnsAssignmentKey(number) }]
    : [];
}

/** Readings of plain digits: they hold only where the same digits are no PSTN number for this caller. */
export function bareCandidates(
  digits: string,
  caller: CallerContext,
  plan: Plan,
): (VnsCandidate | PinCandidate)[] {
  const found: (VnsCandidate | PinCandidate)[] = [];
  const ccc = digits.slice(-3);
  const number = digits.slice(0, -3);
  if (isCcc(ccc)) {
    if (PIN_KEY.test(digits)) found.push(pin('bare', digits));
    if (VNS_NUMBER.test(number)) found.push(vns('bare', number, ccc));
  }
  if (isIdentification(digits, caller, plan)) {
    const key = digits + (cccOfRegion(caller.country) ?? '');
    found.push({ step: 'bare', kind: 'pin', key, identification: true });
  }
  return found;
}

/** Whether the digits have the form of an identification number that the operator issues in the caller's country. */
function isIdentification(digits: string, caller: CallerContext, plan: Plan): boolean {
  const codes = plan.identifiers.get(caller.country) ?? [];
  return codes.some(
    ({ code, minLength, maxLength }) =>
      digits.startsWith(code) && digits.length >= minLength && digits.length <= maxLength,
  );
}

function withCcc(number: string, ccc: string): (VnsCandidate | PinCandidate)[] {
  if (!isCcc(ccc)) return [];
  const key = number + ccc;
  return [
    ...(VNS_NUMBER.test(number) ? [vns('explicit', number, ccc)] : []),
    ...(PIN_KEY.test(key) ? [pin('explicit', key)] : []),
  ];
}

function vns(step: VnsCandidate['step'], number: string, ccc: string): VnsCandidate {
  return { step, kind: 'vns', number, ccc, key: vnsAssignmentKey(number) };
}

function pin(step: PinCandidate['step'], key: string): PinCandidate {
  return { step, kind: 'pin', key, identification: false };
}
