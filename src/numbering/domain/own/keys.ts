import type { Ccc } from '../telephone/region.js';

/** A number of ours, taken apart: what a person's or a company's number consists of. */
export interface PinNumber {
  readonly kind: 'pin';
  /** AREA-NUMBER: the digits of the NATIONAL format at the time of sale, or an identification number. */
  readonly areaNumber: string;
  readonly ccc: Ccc;
}

export interface VnsNumber {
  readonly kind: 'vns';
  readonly number: string;
  readonly ccc: Ccc;
}

export type OwnNumber = PinNumber | VnsNumber;

/** Canonical key, in call records and on paper: `0262006200082`, `62006200#082`. */
export function canonicalKey(number: OwnNumber): string {
  return number.kind === 'pin' ? number.areaNumber + number.ccc : `${number.number}#${number.ccc}`;
}

/** Key of the sold number: a company's is one for the whole world, so its ccc is not part of it (`62006200#`). */
export function assignmentKey(number: OwnNumber): string {
  return number.kind === 'pin' ? number.areaNumber + number.ccc : vnsAssignmentKey(number.number);
}

export function vnsAssignmentKey(number: string): string {
  return `${number}#`;
}

/** The spelling that a keypad without `#` and `*` has left: `62006200082`. */
export function bareDigits(number: OwnNumber): string {
  return (number.kind === 'pin' ? number.areaNumber : number.number) + number.ccc;
}
