import { DataSource } from 'typeorm';
import { accountIds } from '../../src/billing/accounts.service.js';
import { chargeCalls } from '../../src/billing/charging.service.js';
import {
  addRates,
  beginVersion,
  completeVersion,
  scheduleVersion,
} from '../../src/billing/deck-versions.service.js';
import { createDeck } from '../../src/billing/decks.service.js';
import type { CallEnded } from '../../src/billing/domain/call-ended.js';
import type { DeckRow } from '../../src/billing/domain/deck-row.js';
import { setCarrier, setPayer } from '../../src/billing/parties.service.js';
import { RateBook } from '../../src/billing/rate-book.service.js';
import { inTx, type Tx } from '../../src/infra/db/tx.js';
import { newId } from '../../src/kernel/ids.js';
import { currency } from '../../src/kernel/money.js';
import { offpeak } from './pure.js';
import { sampleNumbers, seeded } from './sample.js';

const USD = currency('USD');
const MEMBERS = 1_000;

export interface PostingReport {
  readonly sessions: number;
  /** Calls that one transaction charges. */
  readonly batch: number;
  readonly calls: number;
  readonly callsPerSecond: number;
}

/** Members, a sale deck and a carrier's deck of the rows given, all in force. */
export async function preparePosting(
  dataSource: DataSource,
  rows: readonly DeckRow[],
): Promise<readonly string[]> {
  await inTx(dataSource, async (tx) => {
    await importDeck(tx, 'bench-sale', 'sale', rows);
    await importDeck(tx, 'bench-asked', 'carrier', rows);
    await setCarrier(tx, {
      id: 'bench',
      name: 'Bench',
      deckId: 'bench-asked',
      trunks: ['bench-1', 'bench-2'],
    });
  });
  const members = Array.from({ length: MEMBERS }, () => newId());
  await inTx(dataSource, async (tx) => {
    const names = members.map((owner) => ({ kind: 'member', owner, currency: USD }) as const);
    const idOf = await accountIds(tx, names);
    for (const name of names) await setPayer(tx, name.owner, { accountId: idOf(name), deckId: 'bench-sale' });
  });
  return members;
}

async function importDeck(
  tx: Tx,
  id: string,
  direction: 'sale' | 'carrier',
  rows: readonly DeckRow[],
): Promise<void> {
  await createDeck(tx, { id, name: id, direction, currency: USD, roundToMicros: 1n, onNetFree: true });
  const begun = await beginVersion(tx, {
    deckId: id,
    periods: [offpeak],
    source: 'bench',
    createdBy: 'bench',
  });
  if (!begun.ok) throw new Error(begun.failure.message);
  for (let at = 0; at < rows.length; at += 5_000) await addRates(tx, begun.value, rows.slice(at, at + 5_000));
  await completeVersion(tx, begun.value, { good: rows.length, bad: 0, sha256: null });
  await scheduleVersion(tx, {
    versionId: begun.value,
    activeFrom: new Date('2026-01-01T00:00:00Z'),
    scheduledBy: 'bench',
    acceptBadRows: 0,
  });
}

/** Charges calls in batches over several sessions at once: rating, charge, accrual, hold, two postings of two entries each. */
export async function measurePosting(
  dataSource: DataSource,
  calls: readonly CallEnded[],
  book: RateBook,
  how: { readonly sessions: number; readonly batch: number },
): Promise<PostingReport> {
  const batches: (readonly CallEnded[])[] = [];
  for (let at = 0; at < calls.length; at += how.batch) batches.push(calls.slice(at, at + how.batch));
  const queue = batches.values();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: how.sessions }, async () => {
      for (const batch of queue) await inTx(dataSource, (tx) => chargeCalls(tx, batch, book));
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { ...how, calls: calls.length, callsPerSecond: Math.round(calls.length / seconds) };
}

export function sampleCalls(
  members: readonly string[],
  rows: readonly DeckRow[],
  count: number,
): readonly CallEnded[] {
  const random = seeded(count);
  const from = Date.parse('2026-11-01T00:00:00Z');
  return sampleNumbers(rows, count).map((number, n) => {
    const answeredAt = from + Math.floor(random() * 20 * 86_400_000);
    const endedAt = answeredAt + Math.floor(random() * 600_000);
    const e164 = `+${number}`;
    return {
      callId: newId(),
      memberId: members[Math.floor(random() * members.length)] ?? null,
      reading: 'pstn',
      called: e164,
      onNet: false,
      answeredAt,
      endedAt,
      billable: true,
      legs: [{ leg: 0, kind: 'trunk', target: `bench-${1 + (n % 2)}`, e164, answeredAt, endedAt }],
    };
  });
}
