import { parseAddress } from './domain/input/address.js';

/** An e-mail address as the reading of a dialled one looks it up: lower case, IDN as A-labels. Undefined: it is none. */
export function canonicalEmail(text: string): string | undefined {
  const address = parseAddress(text.trim(), 'mailto');
  return address?.user === undefined ? undefined : `${address.user.folded}@${address.host}`;
}
