/** What the door makes of one message of a browser: handed on, or the browser is shown out and why. */
export type FrameVerdict = 'pass' | 'foreign-user' | 'unreadable';

/** RFC 3261, 3262, 3311, 3515, 6086: what a browser's telephone has to say. */
const METHODS = new Set([
  'REGISTER',
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'INFO',
  'UPDATE',
  'PRACK',
  'REFER',
  'NOTIFY',
]);
const START = /^(?:([A-Z]+) \S+ SIP\/2\.0|SIP\/2\.0 [1-6][0-9]{2} [^\r\n]*)\r\n/;
const KEEP_ALIVE = /^(?:\r\n)*$/;
const FROM = /^(?:From|f)[ \t]*:[^\r\n]*?<?sips?:([^@;>\r\n]*)@/gim;
const AUTHORIZATION =
  /^(?:Proxy-)?Authorization[ \t]*:[ \t]*Digest [^\r\n]*?\busername[ \t]*=[ \t]*"([^"\r\n]*)"/gim;

/**
 * Whether a SIP message of a browser's connection is that of its own telephone. Who has no device is kept from guessing those of
 * others through us: who signs (Authorization) and who asks (From) must be the one that the connection was opened for.
 */
export function judgeFrame(frame: string, username: string): FrameVerdict {
  if (KEEP_ALIVE.test(frame)) return 'pass';
  const start = START.exec(frame);
  if (start === null) return 'unreadable';
  const [, method] = start;
  if (method === undefined) return 'pass';
  if (!METHODS.has(method)) return 'unreadable';
  const head = frame.split('\r\n\r\n', 1)[0] ?? '';
  // A folded header line (obsolete since RFC 7230, allowed in SIP) would hide a name from the look below; no browser sends one.
  if (/\r\n[ \t]/.test(head)) return 'unreadable';
  const signs = [...head.matchAll(AUTHORIZATION)].map(([, name]) => name);
  if (signs.some((name) => name !== username)) return 'foreign-user';
  // Within a call that came in, From and To change sides: only a request that begins something says who the asker is.
  const begins = method === 'REGISTER' || method === 'INVITE';
  const asks = [...head.matchAll(FROM)].map(([, name]) => name);
  const inDialog = /^(?:To|t)[ \t]*:[^\r\n]*;[ \t]*tag=/im.test(head);
  return begins && !inDialog && asks.some((name) => name !== username) ? 'foreign-user' : 'pass';
}

/** Whether Asterisk has taken a registration: its 200 lists the contacts that there are (RFC 3261 section 10.3 step 8). */
export const isRegistered = (frame: string): boolean =>
  frame.startsWith('SIP/2.0 200') &&
  /^CSeq:[^\r\n]*REGISTER/im.test(frame) &&
  /^(?:Contact|m)[ \t]*:/im.test(frame);
