import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';

/** How a trunk wants numbers written; called and calling number have one each (`trunk.called_format`, `calling_format`). */
export type NumberFormat =
  /** `+82262006200` */
  | { readonly form: 'e164plus' }
  /** `82262006200` */
  | { readonly form: 'e164' }
  /** `0262006200`; a number of another country with the trunk country's international prefix, `0114420…`. */
  | { readonly form: 'national' }
  /** `prefix` and E.164 digits: `00182262006200`. */
  | { readonly form: 'international'; readonly prefix: string }
  /** E.164 digits less `strip` at the front, after `prepend`: a carrier's tech prefix, `9910#262006200`. */
  | { readonly form: 'carrier'; readonly strip: number; readonly prepend: string }
  /** Unchanged: our own spelling towards our own centres, a carrier's own numbers. */
  | { readonly form: 'keep' };

/** Reads a format as stored or sent in by an operator. */
export function parseNumberFormat(input: unknown): Result<NumberFormat, Failure<'trunk.number_format'>> {
  if (typeof input !== 'object' || input === null) return refuse('not an object');
  const { form, prefix, strip, prepend } = input as Readonly<Record<string, unknown>>;
  switch (form) {
    case 'e164plus':
    case 'e164':
    case 'national':
    case 'keep':
      return ok({ form });
    case 'international':
      return isDialled(prefix) && prefix !== ''
        ? ok({ form, prefix })
        : refuse('international needs a prefix of 1 to 16 characters 0-9*#+');
    case 'carrier':
      if (typeof strip !== 'number' || !Number.isInteger(strip) || strip < 0 || strip > 14) {
        return refuse('carrier: strip is a whole number from 0 to 14');
      }
      return isDialled(prepend)
        ? ok({ form, strip, prepend })
        : refuse('carrier: prepend is 0 to 16 characters 0-9*#+');
    default:
      return refuse('form is one of e164plus, e164, national, international, carrier, keep');
  }
}

function isDialled(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9*#+]{0,16}$/.test(value);
}

function refuse(message: string): Result<never, Failure<'trunk.number_format'>> {
  return err(failure('trunk.number_format', message, { hint: 'correct the format of the trunk' }));
}
