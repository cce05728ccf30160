import { randomFillSync } from 'node:crypto';
import { type Clock, systemClock } from './clock.js';

const SEQUENCE_LIMIT = 0x1000;

/**
 * Makes UUIDv7 (RFC 9562 section 5.7) that strictly grow within a process: 48 bits of Unix milliseconds, 12 bits of
 * sequence (section 6.2 method 1; starts random below half so that there is room), 62 random bits.
 * A clock that steps back, or a sequence that overflows, borrows from the next millisecond instead of repeating.
 */
export function idSource(clock: Clock = systemClock): () => string {
  let millis = -1;
  let sequence = 0;
  const random = Buffer.alloc(10);
  return () => {
    randomFillSync(random);
    const now = clock.now().getTime();
    if (now > millis) {
      millis = now;
      sequence = random.readUInt16BE(8) & 0x7ff;
    } else if (++sequence === SEQUENCE_LIMIT) {
      millis += 1;
      sequence = 0;
    }
    return format(millis, sequence, random);
  };
}

/** A fresh id from the system clock: sorts by time, safe as a primary key, says nothing a guesser could use. */
export const newId: () => string = idSource();

/** When a UUIDv7 was made, to the millisecond; undefined for anything else. */
export function timeOfId(id: string): Date | undefined {
  return isId(id) ? new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : undefined;
}

/** True for a lower-case UUIDv7 in its canonical text form. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

function format(millis: number, sequence: number, random: Buffer): string {
  const time = millis.toString(16).padStart(12, '0');
  const counter = sequence.toString(16).padStart(3, '0');
  const variant = ((random.readUInt16BE(0) & 0x3fff) | 0x8000).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}-${random.toString('hex', 2, 8)}`;
}
