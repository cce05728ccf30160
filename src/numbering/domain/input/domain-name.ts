import { domainToASCII } from 'node:url';

const LDH = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;
/** A numeric last label is an IPv4 address in some spelling (`10.1`, `0x7f.1`), never a name. */
const NUMERIC_TLD = /\.(?:\d+|0x[0-9a-f]*)$/;

/**
 * A host name with at least two labels in its one canonical spelling: lower case, IDN as A-labels (UTS 46), no final
 * dot. Undefined for what is no such name; IP addresses are none.
 */
export function canonicalDomain(text: string): string | undefined {
  if (text.length > 253) return undefined;
  const lower = text.toLowerCase().replace(/[.。．｡]$/u, '');
  if (LDH.test(lower) && !lower.includes('xn--')) return NUMERIC_TLD.test(lower) ? undefined : lower;
  if (/[\s%:/\\?#@[\]<>^|"]/u.test(lower)) return undefined;
  const ascii = domainToASCII(lower);
  return LDH.test(ascii) && !NUMERIC_TLD.test(ascii) ? ascii : undefined;
}
