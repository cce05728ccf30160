import { q850Of, type SipMessage } from './sip-message.js';

/** How a call ended on the wire. */
export interface WireEnding {
  /** When the message that ended it passed. */
  readonly at: Date;
  readonly by: 'lab' | 'far';
  /** `refused`: final response to INVITE. `cancelled`: CANCEL before the answer. `hungup`: BYE. */
  readonly how: 'refused' | 'cancelled' | 'hungup';
  /** Final status of the INVITE: 200 for an answered call, 487 for a cancelled one. */
  readonly sip: number;
  /** From the Reason header (RFC 3326) of the message that ended the call. */
  readonly q850?: number;
}

/** What the messages of one call say. Times are those of the wire. */
export interface DialogFacts {
  readonly invite?: SipMessage;
  readonly ringing?: SipMessage;
  readonly progress?: SipMessage;
  readonly answered?: SipMessage;
  readonly ending?: WireEnding;
}

const toInvite = (message: SipMessage, test: (status: number) => boolean) =>
  message.status !== undefined && message.cseqMethod === 'INVITE' && test(message.status);
/** A challenge is answered by another INVITE: it ends nothing. */
const isChallenge = (status: number) => status === 401 || status === 407;

export const isRinging = (message: SipMessage) => toInvite(message, (status) => status === 180);
export const isProgress = (message: SipMessage) => toInvite(message, (status) => status === 183);
export const isAnswer = (message: SipMessage) => toInvite(message, (status) => status >= 200 && status < 300);

export function readDialog(messages: readonly SipMessage[]): DialogFacts {
  const seen = (test: (message: SipMessage) => boolean) => messages.find(test);
  const facts = {
    invite: seen((message) => message.method === 'INVITE'),
    ringing: seen(isRinging),
    progress: seen(isProgress),
    answered: seen(isAnswer),
    ending: endingOf(messages),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** The same of many calls, by Call-ID: what a load of calls did on the wire. Each message must have been seen once. */
export function readDialogs(messages: readonly SipMessage[]): ReadonlyMap<string, DialogFacts> {
  const calls = Map.groupBy(messages, ({ callId }) => callId);
  return new Map([...calls].map(([callId, dialog]) => [callId, readDialog(dialog)]));
}

function endingOf(messages: readonly SipMessage[]): WireEnding | undefined {
  const answered = messages.find(isAnswer);
  const final = messages.find((message) =>
    toInvite(message, (status) => status >= 300 && !isChallenge(status)),
  );
  const cancel = messages.find((message) => message.method === 'CANCEL');
  const bye = messages.find((message) => message.method === 'BYE');
  // A challenge is the end when no INVITE with an answer to it follows: the credentials were refused for good.
  const challenges = messages.filter((message) => toInvite(message, isChallenge));
  const last = messages.findLast((message) => message.method === 'INVITE');
  const unmet = challenges.find((message) => message.cseq === last?.cseq);
  const by = (message: SipMessage) => (message.direction === 'out' ? 'lab' : 'far');
  const ended = (message: SipMessage, how: WireEnding['how'], sip: number): WireEnding => {
    const q850 = q850Of(message);
    return { at: message.at, by: by(message), how, sip, ...(q850 === undefined ? {} : { q850 }) };
  };
  if (bye) return ended(bye, 'hungup', answered?.status ?? 200);
  if (cancel && final) return ended(cancel, 'cancelled', final.status ?? 487);
  if (answered) return undefined;
  if (final) return ended(final, 'refused', final.status ?? 0);
  return unmet && ended(unmet, 'refused', unmet.status ?? 401);
}
