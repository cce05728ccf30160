import type { RefusedReading, RefusedReason, UnallocatedReading, UnallocatedReason } from './reading.js';

const REFUSED: Readonly<Record<RefusedReason, string>> = {
  empty: 'nothing was dialled',
  'too-long': 'longer than any number or address',
  'control-character': 'contains a control character',
  'bad-escape': 'a % is not followed by two hexadecimal digits of UTF-8',
  letters: 'letters without a dot or @ are neither a number nor an address',
  'bad-character': 'contains a character that no number has',
  'bad-address': 'not a valid domain name, e-mail address or SIP address',
  'bad-scheme': 'only sip:, sips:, tel:, mailto: and urn:service:sos can be called',
  incomplete: 'something is missing before or after +, * or #',
  barred: 'the operator bars this range',
};

const UNALLOCATED: Readonly<Record<UnallocatedReason, string>> = {
  'nobody-has-it': 'nobody has this number or address',
  'no-branch': 'the company has no branch under this country code',
  'foreign-sip-off': 'the operator does not allow calls to SIP addresses of others',
};

/** RFC 3261 21.4.22 / Q.850 28 for what cannot be read; 403 / Q.850 21 for what may not be called. */
export function refused(reason: RefusedReason): RefusedReading {
  const text = REFUSED[reason];
  return reason === 'barred'
    ? { kind: 'refused', reason, sip: 403, q850: 21, text }
    : { kind: 'refused', reason, sip: 484, q850: 28, text };
}

export function unallocated(reason: UnallocatedReason): UnallocatedReading {
  return { kind: 'unallocated', reason, sip: 404, q850: 1, text: UNALLOCATED[reason] };
}
