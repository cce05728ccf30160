import type { Reading } from '../../numbering/index.js';

/** The id of the member whom a reading leads to; undefined when it leads elsewhere or nowhere. */
export function calleeOf(reading: Reading): string | undefined {
  switch (reading.kind) {
    case 'pin':
    case 'vns':
      return reading.assignment.holderId;
    case 'pstn':
      return reading.holder?.holderId;
    case 'domain':
    case 'email':
      return reading.owner.holderId;
    default:
      return undefined;
  }
}
