import { header, type SipMessage } from './sip-message.js';

const tagOf = (message: SipMessage, name: 'from' | 'to'): string | undefined =>
  /;\s*tag=([^;>\s]+)/.exec(header(message, name) ?? '')?.[1];

/**
 * The Replaces parameter (RFC 3891, RFC 5589 section 7.3) that names a call of the lab to the far side, as it stands in a
 * Refer-To URI. `to-tag` is the far side's own tag, `from-tag` the lab's.
 * @throws when nothing has come of the call yet: it has a tag from its ringing on.
 */
export function replacesOf(messages: readonly SipMessage[]): string {
  const answer = messages.findLast(
    ({ status, cseqMethod }) =>
      cseqMethod === 'INVITE' && status !== undefined && status >= 180 && status < 300,
  );
  const from = answer && tagOf(answer, 'from');
  const to = answer && tagOf(answer, 'to');
  if (answer === undefined || from === undefined || to === undefined)
    throw new Error('the call neither rings nor is answered');
  // An answer that came in is to a call that the lab made.
  const [far, lab] = answer.direction === 'in' ? [to, from] : [from, to];
  return encodeURIComponent(`${answer.callId};to-tag=${far};from-tag=${lab}`);
}

/** The final status that NOTIFYs of a REFER told (message/sipfrag, RFC 3515 section 2.4.5); undefined while there is none. */
export function toldStatus(messages: readonly SipMessage[]): number | undefined {
  return messages
    .filter(({ method }) => method === 'NOTIFY')
    .map(({ body }) => Number(/^SIP\/2\.0 (\d{3})/.exec(body)?.[1] ?? 0))
    .find((status) => status >= 200);
}
