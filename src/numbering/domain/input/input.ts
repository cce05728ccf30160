import type { RefusedReason } from '../reading/reading.js';
import { type Address, parseAddress } from './address.js';
import { foldDial, trimInvisible } from './fold.js';

/** What was dialled, classified and cleaned, before any plan is asked. */
export type Input = Dial | Address | SosUrn | Unreadable;

/** A dial string: `[0-9*#]`, a leading `+` allowed, separators gone. */
export interface Dial {
  readonly kind: 'dial';
  readonly dial: string;
  /** It ended in a group `-CCC`: the dashed spelling of a personal number. */
  readonly dashed: boolean;
}

/** RFC 5031: `urn:service:sos`, `urn:service:sos.police`. */
export interface SosUrn {
  readonly kind: 'sos';
  readonly service: string;
}

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: RefusedReason;
}

/** UTF-16 units, before percent-decoding: the longest e-mail address is 254 octets, a scheme and escapes come on top. */
const MAX_RAW = 400;
/** After removing separators. The longest thing that means something: `0014` + carrier code + 15 digits + `#`. */
const MAX_DIAL = 40;

const PLAIN = /^\+?\d{1,40}#?$/;
/** What keypads and address books give: no need to look for anything else in it. */
const DIALABLE = /^[0-9+*#\-./() ]{1,60}$/;
const SCHEME = /^([a-z][a-z0-9+-]*)[:：](.*)$/isu;
const SEPARATORS = /[ \-./()]/g;
const DIAL = /^\+?[0-9*#]+$/;
const DASHED = /^\d[\d \-./()]*-\d{3}#?$/;

/** Total: every string has an answer, in time linear in its length. */
export function readInput(raw: string): Input {
  if (PLAIN.test(raw)) return { kind: 'dial', dial: raw, dashed: false };
  if (DIALABLE.test(raw)) return readDial(raw);
  if (raw.length > MAX_RAW) return unreadable('too-long');
  if (!raw.isWellFormed()) return unreadable('bad-character');
  const decoded = percentDecode(raw);
  if (decoded === undefined) return unreadable('bad-escape');
  const text = trimInvisible(decoded);
  if (text === '') return unreadable('empty');
  if (/\p{Cc}/u.test(text)) return unreadable('control-character');
  return classify(text);
}

/** Reads text that is known to be a dial string: the user part of one of our own SIP URIs. */
export function readDial(text: string): Dial | Unreadable {
  const folded = foldDial(text);
  const dial = folded.replace(SEPARATORS, '');
  if (dial === '') return unreadable('empty');
  if (/\p{L}/u.test(dial)) return unreadable('letters');
  if (!DIAL.test(dial)) return unreadable(dial === '+' ? 'incomplete' : 'bad-character');
  if (dial.length > MAX_DIAL) return unreadable('too-long');
  return { kind: 'dial', dial, dashed: DASHED.test(folded) };
}

function classify(text: string): Input {
  const scheme = SCHEME.exec(text);
  if (scheme !== null)
    return readScheme((scheme[1] ?? '').toLowerCase(), (scheme[2] ?? '').replace('＠', '@'));
  if (/[@＠]/u.test(text) || (/\p{L}/u.test(text) && /[.。．｡]/u.test(text))) {
    return parseAddress(text.replace('＠', '@'), 'none') ?? unreadable('bad-address');
  }
  return readDial(text);
}

function readScheme(scheme: string, rest: string): Input {
  switch (scheme) {
    case 'tel':
      return readTel(rest);
    case 'sip':
    case 'sips':
    case 'mailto':
      return parseAddress(rest, scheme) ?? unreadable('bad-address');
    case 'urn': {
      const sos = /^service:sos((?:\.[a-z-]{1,30})*)$/.exec(rest.toLowerCase());
      return sos === null ? unreadable('bad-scheme') : { kind: 'sos', service: (sos[1] ?? '').slice(1) };
    }
    default:
      return unreadable('bad-scheme');
  }
}

/**
 * RFC 3966: a local number is completed by a global phone-context, unless it is as short as 911 (6 digits or less): other
 * parameters do not change who is called (an extension is for the switchboard).
 */
function readTel(rest: string): Dial | Unreadable {
  const [number = '', ...parameters] = rest.split(';');
  const context = parameters.find((p) => /^phone-context=/i.test(p))?.slice('phone-context='.length);
  const completed =
    context?.startsWith('+') && /^\d(?:[-.()]*\d){6,}$/.test(number) ? context + number : number;
  return readDial(completed);
}

function percentDecode(raw: string): string | undefined {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

function unreadable(reason: RefusedReason): Unreadable {
  return { kind: 'unreadable', reason };
}
