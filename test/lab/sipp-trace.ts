import { parseSip, type SipMessage } from './sip-message.js';

/** A block of sipp's `-trace_msg` file: a ruler with the time, who, an empty line, the message. */
const ruler = /^-{20,} (\d{4}-\d{2}-\d{2})[T\s](\d{2}:\d{2}:\d{2}\.\d+).*$/m;

/** @param local sipp's own `address:port`, for the messages' `peer` (sipp doesn't tell the other side's). */
export function parseSippTrace(trace: string, local: string): readonly SipMessage[] {
  const parts = trace.split(ruler).slice(1);
  const messages: SipMessage[] = [];
  for (let index = 0; index + 2 < parts.length; index += 3) {
    const [date = '', time = '', block = ''] = parts.slice(index, index + 3);
    const [, direction, raw] =
      /^\s*(?:UDP|TCP|TLS) message (sent|received)[^\n]*\n\n([\s\S]*)$/.exec(block) ?? [];
    if (!raw) continue;
    const at = new Date(`${date}T${time.slice(0, 12)}`);
    const message = parseSip(raw.replace(/\n+$/, '\n\n'), {
      at,
      direction: direction === 'sent' ? 'out' : 'in',
      peer: local,
    });
    if (message) messages.push(message);
  }
  return messages;
}
