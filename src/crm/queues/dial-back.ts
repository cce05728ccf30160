import type { Visit } from './queue.rows.js';

/** What an agent's phone dials to reach a caller again: E.164, or a number of ours in the form that is read everywhere (`0262006200*082`). */
export function dialBack({ callerNumber }: Pick<Visit, 'callerNumber'>): string | undefined {
  if (callerNumber === null) return undefined;
  if (/^\+[1-9][0-9]{5,14}$/.test(callerNumber)) return callerNumber;
  if (/^[0-9]{3,12}#[0-9]{3}$/.test(callerNumber)) return callerNumber.replace('#', '*');
  const [, number, ccc] = /^([0-9]{3,15})([0-9]{3})$/.exec(callerNumber) ?? [];
  return number === undefined || ccc === undefined ? undefined : `${number}*${ccc}`;
}
