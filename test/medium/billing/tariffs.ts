import {
  addRates,
  beginVersion,
  completeVersion,
  scheduleVersion,
} from '../../../src/billing/deck-versions.service.js';
import { createDeck } from '../../../src/billing/decks.service.js';
import type { DeckRow } from '../../../src/billing/domain/deck-row.js';
import type { PeriodText } from '../../../src/billing/domain/period.js';
import type { Currency } from '../../../src/kernel/money.js';
import { type BillingWorld, USD } from './billing-world.js';

/** A deck row for tests: 0.06 per minute by the second, always valid. */
export const row = (changes: Partial<DeckRow> = {}): DeckRow => ({
  prefix: '82',
  destination: 'Korea',
  connectFee: 0n,
  perMinute: 60_000n,
  perPeriod: [],
  firstS: 1,
  nextS: 1,
  minimumS: 0,
  freeS: 0,
  validFrom: undefined,
  validTo: undefined,
  ...changes,
});

export async function deck(
  world: BillingWorld,
  id: string,
  direction: 'sale' | 'carrier',
  currency: Currency = USD,
): Promise<string> {
  await createDeck(world.sql, { id, name: id, direction, currency, roundToMicros: 1n, onNetFree: true });
  return id;
}

/** A version with these rows, in force from that time on. Returns its id. */
export async function inForce(
  world: BillingWorld,
  deckId: string,
  activeFrom: string,
  rows: readonly DeckRow[],
  periods: readonly PeriodText[] = [],
): Promise<string> {
  return world.tx(async (tx) => {
    const begun = await beginVersion(tx, { deckId, periods, source: 'test', createdBy: 'test' });
    if (!begun.ok) throw new Error(begun.failure.message);
    await addRates(tx, begun.value, rows);
    await completeVersion(tx, begun.value, { good: rows.length, bad: 0, sha256: null });
    const scheduled = await scheduleVersion(tx, {
      versionId: begun.value,
      activeFrom: new Date(activeFrom),
      scheduledBy: 'test',
      acceptBadRows: 0,
    });
    if (!scheduled.ok) throw new Error(scheduled.failure.message);
    return begun.value;
  });
}
