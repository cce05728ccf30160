import { crc32 } from 'node:zlib';

/**
 * A journal line: `<length> <crc> <json>\n`, both numbers eight hex digits, counting the JSON's bytes. One can read it,
 * and tell a line that was written whole from one that a crash tore.
 */
export function frame(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  return Buffer.concat([Buffer.from(`${hex(json.length)} ${hex(crc32(json))} `), json, NEWLINE]);
}

export interface Unframed {
  readonly values: readonly unknown[];
  /** Lines that were not written whole: at most the last one after a crash; more mean a damaged disk. */
  readonly damaged: number;
}

/** Every whole line, in order. A damaged one is stepped over at the next line break (JSON has none inside). */
export function unframe(bytes: Buffer): Unframed {
  const values: unknown[] = [];
  let damaged = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at);
    const line = bytes.subarray(at, end < 0 ? bytes.length : end);
    const value = end < 0 ? undefined : lineOf(line);
    if (value === undefined) damaged++;
    else values.push(value);
    at += line.length + 1;
  }
  return { values, damaged };
}

function lineOf(line: Buffer): unknown {
  const head = /^([0-9a-f]{8}) ([0-9a-f]{8}) $/.exec(line.toString('latin1', 0, HEAD));
  const json = line.subarray(HEAD);
  const whole = head !== null && hex(json.length) === head[1] && hex(crc32(json)) === head[2];
  return whole ? JSON.parse(json.toString()) : undefined;
}

const HEAD = 18;
const NEWLINE = Buffer.from('\n');
const hex = (number: number): string => number.toString(16).padStart(8, '0');
