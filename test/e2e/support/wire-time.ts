import { expect } from '@jest/globals';

/** A recorded time may be this far from the message on the wire that it stands for, milliseconds. */
const AS_ON_THE_WIRE_MS = 1_000;

/** The recorded time is that of the wire: within a second. */
export function expectWireTime(recorded: string | null, wire: Date | undefined): void {
  if (recorded === null || wire === undefined) throw new Error(`recorded ${recorded}, on the wire ${wire}`);
  const difference = Math.abs(new Date(recorded).getTime() - wire.getTime());
  if (process.env['ANYDIAL_SHOW_TIMES']) process.stderr.write(`recorded ${difference} ms from the wire\n`);
  expect(difference).toBeLessThan(AS_ON_THE_WIRE_MS);
}
