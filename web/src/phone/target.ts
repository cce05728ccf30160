const LONGEST = 254;

/**
 * What somebody typed, as the exchange reads it: any number in any spelling, a domain, an e-mail or SIP address. Undefined: nothing to
 * dial. Spaces around and within numbers go; what it means is the exchange's to find out.
 */
export function dialable(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim().replace(/^tel:/i, '');
  const isNumber = /^[+*#\d\s().\-/]+$/.test(text);
  const target = isNumber ? text.replace(/[\s()./]/g, '') : text.replace(/\s+/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such characters are what is refused
  const unsayable = /[\u0000-\u001f\u007f<>"]/.test(target);
  return target === '' || target.length > LONGEST || unsayable ? undefined : target;
}

/** The SIP URI of what is dialled: all of it is the user part (RFC 3261 section 25.1), for our exchange to read. */
export const uriOfTarget = (target: string, realm: string): string =>
  `sip:${encodeURIComponent(target).replace(/%2B/g, '+')}@${realm}`;

/** The other way round: what a SIP user part says, for people. */
export function shownUser(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
