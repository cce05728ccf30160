import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { readDial } from '../input/input.js';
import { cccOf, isCcc } from '../telephone/country-codes.js';
import type { VnsNumber } from './keys.js';

export type VnsFailure = Failure<'number.malformed' | 'number.unknown_ccc'>;

/** Reads a company number, `6200-6200#082`, `62006200*82`. Digits alone could be a person's: they are refused. */
export function parseVns(text: string): Result<VnsNumber, VnsFailure> {
  const read = readDial(text);
  const match = read.kind === 'dial' ? /^(\d{3,12})[#*](\d{1,3})$/.exec(read.dial) : null;
  if (match === null) {
    const message = `'${text.slice(0, 40)}' is not NUMBER#CCC with 3 to 12 digits before the #`;
    return err(failure('number.malformed', message, { hint: 'for example 6200-6200#082' }));
  }
  const ccc = cccOf(match[2] ?? '');
  if (!isCcc(ccc))
    return err(
      failure('number.unknown_ccc', `${ccc} is no country's calling code`, {
        hint: 'for example 082 for Korea',
      }),
    );
  return ok({ kind: 'vns', number: match[1] ?? '', ccc });
}

/** For people: `6200-6200#082`. One grouping for the whole world, as the number is: fours, three and four below eight. */
export function formatVns({ number, ccc }: VnsNumber): string {
  return `${formatVnsNumber(number)}#${ccc}`;
}

/** `62006200` → `6200-6200`, `1234567` → `123-4567`, `12345678901` → `123-4567-8901`. */
export function formatVnsNumber(number: string): string {
  return number.length < 6 ? number : number.replace(/(?<=\d)(?=(?:\d{4})+$)/g, '-');
}
