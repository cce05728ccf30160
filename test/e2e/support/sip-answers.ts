import type { LabAsterisk } from '../../lab/lab-asterisk.js';
import type { SipMessage } from '../../lab/sip-message.js';

/** The final answers to requests of a method that came in since then, in order. */
export const answersTo = (lab: LabAsterisk, method: string, since: number): readonly SipMessage[] =>
  lab.wire.messages.items
    .slice(since)
    .filter(
      ({ direction, status, cseqMethod }) =>
        direction === 'in' && status !== undefined && status >= 200 && cseqMethod === method,
    );

/**
 * An answer without what must differ between any two answers (RFC 3261: transaction, dialog and digest identifiers) and
 * without the account, which the answer repeats from the request.
 */
export function comparable({ raw }: SipMessage, account: string): string {
  return raw
    .replaceAll(account, '<account>')
    .replace(/(branch|tag|rport|expires)=[^;\r\n>]*/g, '$1=…')
    .replace(/(nonce|opaque)="[^"]*"/g, '$1="…"')
    .replace(/^(Call-ID|Date|CSeq):.*$/gim, '$1: …');
}
