import { canonicalDomain } from './domain-name.js';

export type AddressScheme = 'sip' | 'sips' | 'mailto' | 'none';

/** Something with a host: `example.com`, `alice@a-b.example`, `sip:100@pbx.example`. Every part canonical. */
export interface Address {
  readonly kind: 'address';
  readonly scheme: AddressScheme;
  /** Absent in `example.com` and `sip:example.com`. */
  readonly user?: User;
  readonly host: string;
  readonly port?: number;
}

/** `Alice`: mail is looked up without regard to case, but a SIP user elsewhere is case-sensitive (RFC 3261 19.1.4). */
export interface User {
  readonly folded: string;
  readonly asDialled: string;
}

/** RFC 5322 dot-atom, RFC 6531 letters included; no quotes, no comments. */
const LOCAL_PART = /^[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]{1,64}$/u;
/** RFC 3261 user: a dial string with `#` and `*` is one too. Parameters and a password are dropped before. */
const SIP_USER = /^[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}?]{1,128}$/u;

/** Text after the scheme, percent-decoded. Undefined when it is no address we take. */
export function parseAddress(text: string, scheme: AddressScheme): Address | undefined {
  const body = scheme === 'mailto' ? text.replace(/\?.*$/s, '') : text;
  // A header part (`?Replaces=…`) could steer the call: refused whole (RFC 3261 19.1.5 allows ignoring or refusing).
  if (isSip(scheme) && body.includes('?')) return undefined;
  const at = body.lastIndexOf('@');
  const host = isSip(scheme) ? sipHost(body.slice(at + 1)) : plainHost(body.slice(at + 1));
  if (host === undefined) return undefined;
  if (at < 0) return scheme === 'mailto' ? undefined : { kind: 'address', scheme, ...host };
  const user = parseUser(body.slice(0, at), scheme);
  return user === undefined ? undefined : { kind: 'address', scheme, user, ...host };
}

/** The `user@host` of a SIP URI, escaped as RFC 3261 25.1 asks: `#` as `%23`, letters beyond ASCII in UTF-8. */
export function sipUserAtHost({ user, host }: Address): string {
  if (user === undefined) return host;
  const escaped = user.asDialled.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,/?]/gu, encodeURIComponent);
  return `${escaped}@${host}`;
}

function parseUser(text: string, scheme: AddressScheme): User | undefined {
  const asDialled = text.normalize('NFC').replace(isSip(scheme) ? /[;:].*$/s : '', '');
  const valid = isSip(scheme) ? SIP_USER.test(asDialled) : isLocalPart(asDialled);
  return valid ? { folded: asDialled.toLowerCase(), asDialled } : undefined;
}

function isLocalPart(text: string): boolean {
  return LOCAL_PART.test(text) && !/^\.|\.$|\.\./.test(text);
}

function isSip(scheme: AddressScheme): boolean {
  return scheme === 'sip' || scheme === 'sips';
}

function plainHost(text: string): Pick<Address, 'host'> | undefined {
  const host = canonicalDomain(text);
  return host === undefined ? undefined : { host };
}

function sipHost(text: string): Pick<Address, 'host' | 'port'> | undefined {
  const match = /^([^:;]+)(?::(\d{1,5}))?(?:;.*)?$/su.exec(text);
  const host = canonicalDomain(match?.[1] ?? '');
  if (host === undefined) return undefined;
  if (match?.[2] === undefined) return { host };
  const port = Number(match[2]);
  return port >= 1 && port <= 65535 ? { host, port } : undefined;
}
