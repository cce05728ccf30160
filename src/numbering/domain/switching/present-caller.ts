import type { E164, Region } from '../telephone/region.js';
import type { NumberFormat } from './number-format.js';
import { type CanonicalNumber, switchNumber } from './switch-number.js';

/** What of a trunk decides how a caller is shown there. */
export interface CallingSide {
  readonly country: Region;
  readonly callingFormat: NumberFormat;
  /** Shown for callers without a number that the network knows; null: nothing is shown. */
  readonly defaultCli: E164 | null;
  /** Trusted for P-Asserted-Identity (RFC 3325 section 3): learns who calls even if the caller hides. */
  readonly trusted: boolean;
}

export interface CallerPresentation {
  /** The number in From, or `anonymous` (RFC 3325: `sip:anonymous@anonymous.invalid`). */
  readonly from: string;
  /** P-Asserted-Identity, only towards trusted networks. */
  readonly asserted?: string;
  /** The Privacy header's value (RFC 3323), absent for none. */
  readonly privacy?: 'id';
}

/** How the caller appears on a trunk, written anew for each attempt. */
export function presentCaller(
  caller: CanonicalNumber,
  side: CallingSide,
  hidden: boolean,
): CallerPresentation {
  const number = switchNumber(caller, side.callingFormat, side.country) ?? fallback(side);
  const asserted = side.trusted && number !== undefined ? { asserted: number } : {};
  if (hidden) return { from: 'anonymous', privacy: 'id', ...asserted };
  return { from: number ?? 'anonymous', ...asserted };
}

function fallback({ defaultCli, callingFormat, country }: CallingSide): string | undefined {
  return defaultCli === null
    ? undefined
    : switchNumber({ kind: 'e164', e164: defaultCli }, callingFormat, country);
}
