import { time } from './decode.fields.js';

/**
 * Who tried to get in. `auth.failed` is a wrong secret, or an account that doesn't exist (then `account` is absent).
 * UDP source addresses can be forged: only `auth.*` proves that somebody received our challenge.
 */
export interface SecurityEvent {
  readonly kind: 'auth.succeeded' | 'auth.failed' | 'acl.refused' | 'request.refused';
  readonly at: Date;
  /** `PJSIP`, `ARI` …: which door. */
  readonly service: string;
  readonly account?: string;
  readonly remote: { readonly transport: string; readonly host: string; readonly port: number };
}

/** Asterisk's event names (res_security_log); a ChallengeSent is part of every normal login and left out. */
const KINDS: ReadonlyMap<string, SecurityEvent['kind']> = new Map([
  ['SuccessfulAuth', 'auth.succeeded'],
  ['ChallengeResponseFailed', 'auth.failed'],
  ['InvalidPassword', 'auth.failed'],
  // PJSIP's word for any request of a name that it doesn't know, before anybody has answered a challenge.
  ['InvalidAccountID', 'request.refused'],
  ['FailedACL', 'acl.refused'],
  ['UnexpectedAddress', 'request.refused'],
  ['RequestNotAllowed', 'request.refused'],
  ['RequestNotSupported', 'request.refused'],
  ['RequestBadFormat', 'request.refused'],
  ['AuthMethodNotAllowed', 'request.refused'],
]);
const UNKNOWN_ACCOUNT = '<unknown>';
/** `[2026-11-23 16:31:31.137] SECURITY[14074] res_security_log.c: SecurityEvent="…",EventTV="…",…` */
const LINE = /^\[[\d :.-]+\] SECURITY\[\d+\](?:\[C-[\da-f]+\])? res_security_log\.c: (.*)$/;
const FIELDS = /^(?:[A-Za-z]+="[^"]*"(?:,|$))+$/;
const FIELD = /([A-Za-z]+)="([^"]*)"/g;

/**
 * The security event in a line of `security.log`; undefined for every other line. Asterisk writes what strangers send
 * (Call-ID, digest answer) between quotes as it is: a line with a quote too many or a field twice could name somebody else's
 * address, so nothing of it is believed.
 */
export function securityEvent(line: string): SecurityEvent | undefined {
  const fields = fieldsOf(LINE.exec(line)?.[1] ?? '');
  const kind = KINDS.get(fields?.get('SecurityEvent') ?? '');
  const at = time(fields?.get('EventTV'));
  const remote = remoteOf(fields?.get('RemoteAddress') ?? '');
  if (fields === undefined || kind === undefined || at === undefined || remote === undefined)
    return undefined;
  const account = fields.get('AccountID') ?? UNKNOWN_ACCOUNT;
  return {
    kind,
    at,
    service: fields.get('Service') ?? '',
    remote,
    ...(account === UNKNOWN_ACCOUNT ? {} : { account }),
  };
}

function fieldsOf(text: string): ReadonlyMap<string, string> | undefined {
  if (!FIELDS.test(text)) return undefined;
  const pairs = [...text.matchAll(FIELD)].map(([, name = '', value = '']) => [name, value] as const);
  const fields = new Map(pairs);
  return fields.size === pairs.length ? fields : undefined;
}

/** `IPV4/UDP/192.0.2.7/5060`, `IPV6/WSS/2001:db8::7/50123`. */
function remoteOf(text: string): SecurityEvent['remote'] | undefined {
  const match = /^[^/]+\/([^/]+)\/([^/]+)\/(\d{1,5})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { transport: match[1], host: match[2], port: Number(match[3]) };
}
