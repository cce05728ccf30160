import { ok, type Result } from '../../kernel/result.js';
import { checkShadow, nationalFormat } from '../../numbering/index.js';

export interface Place {
  readonly country: string;
  /** E.164 with +. */
  readonly locationNumber: string;
}

/** Where a device stands, as columns: its location number must be a callable one of that country, and is kept in both forms. */
export function location({
  country,
  locationNumber,
}: Place): Result<Place & { readonly locationNational: string }> {
  const checked = checkShadow({ country, e164: locationNumber });
  if (!checked.ok) return checked;
  const locationNational = (nationalFormat(locationNumber) ?? '').replace(/\D/g, '');
  return ok({ country, locationNumber, locationNational });
}
