import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import {
  cccOfRegion,
  checkShadow,
  type E164,
  type NumberForSale,
  phoneFromE164Digits,
  phoneFromNational,
  pinFromE164,
  type Region,
} from '../../numbering/index.js';
import type { Product } from './product.js';

/** The number that a buyer wants, as the number plan has it. */
export interface Wanted {
  readonly number: NumberForSale;
  /** The country it belongs to; a company's home. */
  readonly region: Region;
  /** NUMBER, or AREA-NUMBER. */
  readonly digits: string;
  /** The telephone that a personal number is named after. */
  readonly telephone: E164 | undefined;
}

/** Reads what was typed for a product: a telephone in any of its spellings, or digits. `countries`: where a company answers. */
export function readWanted(
  product: Pick<Product, 'form' | 'country'>,
  text: string,
  countries: readonly Region[],
): Result<Wanted, Failure<'number.malformed'>> {
  const plain = text.replace(/[\s\-.()/]/g, '');
  const ccc = cccOfRegion(product.country);
  if (ccc === undefined) return malformed(`${product.country} has no calling code`);
  if (product.form === 'own-telephone') return ownTelephone(plain, product.country);
  if (!/^\d{3,17}$/.test(plain)) return malformed('it has digits only, 3 to 17 of them');
  if (product.form === 'identification')
    return ok({
      number: { kind: 'pin', areaNumber: plain, ccc, identification: true },
      region: product.country,
      digits: plain,
      telephone: undefined,
    });
  const branchCccs = [...new Set(countries.flatMap((country) => cccOfRegion(country) ?? []))];
  return ok({
    number: { kind: 'vns', number: plain, ccc, branchCccs },
    region: product.country,
    digits: plain,
    telephone: undefined,
  });
}

/** Only what people can be called on may become somebody's number: no premium-rate line, no pager. */
function ownTelephone(plain: string, country: Region): Result<Wanted, Failure<'number.malformed'>> {
  const phone = plain.startsWith('+')
    ? phoneFromE164Digits(plain.slice(1))
    : phoneFromNational(plain, country);
  if (phone === undefined) return malformed('it is no telephone number');
  if (phone.region !== country) return malformed(`it is no telephone of ${country}`);
  const usable = checkShadow({ e164: phone.e164, country });
  if (!usable.ok) return malformed(usable.failure.message);
  const pin = pinFromE164(phone.e164);
  if (!pin.ok) return malformed(pin.failure.message);
  return ok({
    number: { ...pin.value, identification: false },
    region: country,
    digits: pin.value.areaNumber,
    telephone: phone.e164,
  });
}

const malformed = (why: string): Result<never, Failure<'number.malformed'>> =>
  err(
    failure('number.malformed', `This is no number of that product: ${why}.`, {
      hint: 'write a telephone as +82262006200 or 02-6200-6200, other numbers as digits',
    }),
  );
