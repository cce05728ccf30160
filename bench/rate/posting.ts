import { accountIds } from '../../src/billing/accounts.service.js';
import { chargeCalls } from '../../src/billing/charging.service.js';
import {
  addRates,
  beginVersion,
  completeVersion,
  scheduleVersion,
} from '../../src/billing/deck-versions.service.js';
import { createDeck } from '../../src/billing/decks.service.js';
import { type CallEnded, callEnded } from '../../src/billing/domain/call-ended.js';
import type { DeckRow } from '../../src/billing/domain/deck-row.js';
import { setCarrier, setPayer } from '../../src/billing/parties.service.js';
import { RateBook } from '../../src/billing/rate-book.service.js';
import { event, topics } from '../../src/events.js';
import type { Db } from '../../src/infra/db/db.js';
import type { Tx } from '../../src/infra/db/tx.js';
import { consume } from '../../src/infra/outbox/consume.js';
import type { EventHandler } from '../../src/infra/outbox/handles.js';
import { outboxRow } from '../../src/infra/outbox/outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { currency } from '../../src/kernel/money.js';
import { usageOf } from '../calls/process-tree.js';
import { offpeak } from './pure.js';
import { sampleNumbers, seeded } from './sample.js';

const USD = currency('USD');
const MEMBERS = 1_000;

/** The instance's database and its server's process. */
export interface Bench {
  readonly db: Db;
  readonly postgresPid: number;
}

export interface PostingReport {
  readonly how: string;
  readonly sessions: number;
  /** Calls that one transaction charges. */
  readonly batch: number;
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Processor time of this process and of the whole PostgreSQL server: what the figure is on a busy machine. */
  readonly cpuMsPerCall: { readonly ours: number; readonly postgres: number };
}

/** Members, a sale deck and a carrier's deck of the rows given, all in force. */
export async function preparePosting(db: Db, rows: readonly DeckRow[]): Promise<readonly string[]> {
  await db.inTx(async (tx) => {
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
  await db.inTx(async (tx) => {
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
export async function measureBatches(
  { db, postgresPid }: Bench,
  calls: readonly CallEnded[],
  book: RateBook,
  { sessions, batch }: { readonly sessions: number; readonly batch: number },
): Promise<PostingReport> {
  const batches: (readonly CallEnded[])[] = [];
  for (let at = 0; at < calls.length; at += batch) batches.push(calls.slice(at, at + batch));
  const charge = (batched: readonly CallEnded[]) => db.inTx((tx) => chargeCalls(tx, batched, book));
  const how = { how: `one transaction for ${batch} calls`, sessions, batch, calls: calls.length };
  return measured(postgresPid, how, batches, charge);
}

/** The way of the product: messages out of the outbox through the consumer, as the worker does it. */
export async function measureMessages(
  { db, postgresPid }: Bench,
  calls: readonly CallEnded[],
  book: RateBook,
  { sessions, batch }: { readonly sessions: number; readonly batch: number },
): Promise<PostingReport> {
  const rows = calls.map((call) => outboxRow(event('call.ended', call)));
  await db.inTx((tx) =>
    tx.run(
      'INSERT INTO outbox (id, topic, payload) SELECT * FROM unnest($1::uuid[], $2::text[], $3::jsonb[])',
      [rows.map(({ id }) => id), rows.map(({ topic }) => topic), rows.map(({ payload }) => payload)],
    ),
  );
  const run: EventHandler<readonly unknown[]> = (payloads, tx) =>
    chargeCalls(
      tx,
      payloads.map((payload) => callEnded.parse(payload)),
      book,
    );
  const handler = { handler: 'billing.charge-call', topic: 'call.ended', run };
  const batches: (readonly string[])[] = [];
  for (let at = 0; at < rows.length; at += batch)
    batches.push(rows.slice(at, at + batch).map(({ id }) => id));
  const how = { how: `${batch} messages a transaction`, sessions, batch, calls: calls.length };
  return measured(postgresPid, how, batches, (ids) => consume(db, topics, handler, ids));
}

async function measured<Work>(
  postgresPid: number,
  how: Pick<PostingReport, 'how' | 'sessions' | 'batch' | 'calls'>,
  work: readonly Work[],
  run: (one: Work) => Promise<unknown>,
): Promise<PostingReport> {
  const queue = work.values();
  const postgresMs = () => usageOf(postgresPid).cpuMs;
  const before = { ours: process.cpuUsage(), postgres: postgresMs(), at: performance.now() };
  await Promise.all(
    Array.from({ length: how.sessions }, async () => {
      for (const one of queue) await run(one);
    }),
  );
  const seconds = (performance.now() - before.at) / 1_000;
  const { user, system } = process.cpuUsage(before.ours);
  const perCall = (ms: number) => Math.round((ms / how.calls) * 1_000) / 1_000;
  return {
    ...how,
    callsPerSecond: Math.round(how.calls / seconds),
    cpuMsPerCall: {
      ours: perCall((user + system) / 1_000),
      postgres: perCall(postgresMs() - before.postgres),
    },
  };
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
