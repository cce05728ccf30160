import { newId } from '../../../src/kernel/ids.js';

/** What was agreed with the carrier whose statements are compared. */
export const agreement = {
  timeZone: 'UTC',
  tolerance: { clockMs: 5_000, durationMs: 2_000, micros: 1_000 },
  totalTolerancePpm: 5_000,
  paymentDays: 14,
  creditor: { name: 'KT', iban: 'GB82WEST12345698765432' },
  debtor: { name: 'Anydial', iban: 'DE89370400440532013000' },
} as const;

const first = Date.parse('2026-11-10T12:00:00Z');

/** A minute's call through its trunk, so many minutes after noon. */
export function callAt(minute: number) {
  const at = { answeredAt: first + minute * 60_000, endedAt: first + (minute + 1) * 60_000 };
  return {
    callId: newId(),
    memberId: null,
    reading: 'pstn',
    called: null,
    onNet: false,
    billable: false,
    ...at,
    legs: [{ leg: 0, kind: 'trunk' as const, target: 'gw-kr', e164: '+82262006200', ...at }],
  };
}
