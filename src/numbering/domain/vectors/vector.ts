import type { Reading } from '../reading/reading.js';

/** What was dialled, by whom (world.ts: `KR:02@US`), what it means, and who says so. */
export type Vector = readonly [dialled: string, caller: string, expected: string, source: string];

/** A reading in one line, as the vectors write it. */
export function summary(reading: Reading): string {
  switch (reading.kind) {
    case 'emergency':
      return `emergency ${reading.number} ${reading.service} ${reading.country}`;
    case 'feature':
      return `feature ${reading.feature} ${reading.argument}`.trim();
    case 'pin':
      return `pin ${reading.key}`;
    case 'vns':
      return `vns ${reading.key} ${reading.branch.region}`;
    case 'pstn': {
      const holder = reading.holder === undefined ? '' : ` of ${reading.holder.key}`;
      const carrier = reading.carrierId === undefined ? '' : ` by ${reading.carrierId}`;
      return `pstn ${reading.e164}${holder}${carrier}`;
    }
    case 'carrier':
      return `carrier ${reading.carrierId} ${reading.number}`;
    case 'domain':
      return `domain ${reading.domain} ${reading.branch?.region ?? ''}`.trim();
    case 'email':
      return `email ${reading.email}`;
    case 'uri':
      return `uri ${reading.uri}`;
    case 'unallocated':
    case 'refused':
      return `${reading.kind} ${reading.reason}`;
  }
}
