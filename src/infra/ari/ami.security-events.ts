import type { AmiMessage } from './ami.protocol.js';
import { time } from './decode.fields.js';

/**
 * Who tried to get in. `auth.failed` is a wrong secret, or an account that doesn't exist (then `account` is absent).
 * UDP source addresses can be forged: only `auth.*` proves that somebody received our challenge.
 */
export interface SecurityEvent {
  readonly kind: 'auth.succeeded' | 'auth.failed' | 'acl.refused' | 'request.refused';
  readonly at: Date;
  /** `PJSIP`, `AMI`, `ARI` …: which door. */
  readonly service: string;
  readonly account?: string;
  readonly remote: { readonly transport: string; readonly host: string; readonly port: number };
}

/** Asterisk's event names (res_security_log); a ChallengeSent is part of every normal login and left out. */
const KINDS: ReadonlyMap<string, SecurityEvent['kind']> = new Map([
  ['SuccessfulAuth', 'auth.succeeded'],
  ['ChallengeResponseFailed', 'auth.failed'],
  ['InvalidPassword', 'auth.failed'],
  ['InvalidAccountID', 'auth.failed'],
  ['FailedACL', 'acl.refused'],
  ['UnexpectedAddress', 'request.refused'],
  ['RequestNotAllowed', 'request.refused'],
  ['RequestNotSupported', 'request.refused'],
  ['RequestBadFormat', 'request.refused'],
  ['AuthMethodNotAllowed', 'request.refused'],
]);
const UNKNOWN_ACCOUNT = '<unknown>';

/** The security event in an AMI event; undefined for every other event and for a malformed one. */
export function securityEvent(message: AmiMessage): SecurityEvent | undefined {
  const kind = KINDS.get(message.get('event') ?? '');
  const at = time(message.get('eventtv'));
  const remote = remoteOf(message.get('remoteaddress') ?? '');
  if (kind === undefined || at === undefined || remote === undefined) return undefined;
  const account = message.get('accountid') ?? UNKNOWN_ACCOUNT;
  return {
    kind,
    at,
    service: message.get('service') ?? '',
    remote,
    ...(account === UNKNOWN_ACCOUNT ? {} : { account }),
  };
}

/** `IPV4/UDP/192.0.2.7/5060`, `IPV6/WSS/2001:db8::7/50123`. */
function remoteOf(text: string): SecurityEvent['remote'] | undefined {
  const match = /^[^/]+\/([^/]+)\/([^/]+)\/(\d{1,5})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { transport: match[1], host: match[2], port: Number(match[3]) };
}
