import { accountId, balanceOf } from '../../../src/billing/accounts.service.js';
import { chargeCalls } from '../../../src/billing/charging.service.js';
import { setCarrier } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { type Agreement, setAgreement } from '../../../src/billing/settlement/agreements.service.js';
import { type ApprovalBasis, approveSettlement } from '../../../src/billing/settlement/approval.service.js';
import { listDifferences } from '../../../src/billing/settlement/differences.service.js';
import { matchSettlement } from '../../../src/billing/settlement/matching.service.js';
import { findSettlement, openSettlement } from '../../../src/billing/settlement/settlements.service.js';
import { importStatement } from '../../../src/billing/settlement/statement-import.service.js';
import { CsvFile } from '../../../src/kernel/csv-file.js';
import { newId } from '../../../src/kernel/ids.js';
import { currency } from '../../../src/kernel/money.js';
import { type BillingWorld, billingWorld } from './billing-world.js';
import { deck, inForce, row } from './tariffs.js';

const EUR = currency('EUR');
export const from = new Date('2026-11-01T00:00:00Z');
export const to = new Date('2026-12-01T00:00:00Z');
/** The first call's answer. */
export const first = Date.parse('2026-11-10T12:00:00Z');

export interface Line {
  readonly minute: number;
  readonly seconds?: number;
  readonly amount?: string;
}

/** Their statement in Korean local time, newest first, as some send it. */
export const statement = (lines: readonly Line[]): string =>
  [
    'Called,Start,Seconds,Charge,Remark',
    ...lines
      .toSorted((a, b) => b.minute - a.minute)
      .map(({ minute, seconds = 60, amount = '0.06' }) => {
        const local = new Date(first + minute * 60_000 + 9 * 3_600_000 + 1_000).toISOString().slice(0, 19);
        return `+82262006200,${local.replace('T', ' ')},${seconds},${amount},`;
      }),
  ].join('\n');

export async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** What settlement tests do, each in a transaction of its own. */
export async function settlementWorld() {
  const world = await billingWorld();
  const approve = (id: string, basis: ApprovalBasis = 'lines', by = 'bob') =>
    world.tx((tx) => approveSettlement(tx, id, { basis, by, at: new Date('2026-12-05T00:00:00Z') }));
  const importText = (settlementId: string, text: string) =>
    importStatement(
      world.tx,
      { settlementId, source: 'november.csv' },
      new CsvFile(bytes(text)),
      async () => undefined,
    );
  const match = (id: string) => world.tx((tx) => matchSettlement(tx, id));
  const balance = async (kind: 'carrier-payable' | 'bank', owner: string) =>
    balanceOf(world.sql, await accountId(world.sql, { kind, owner, currency: EUR }));
  return {
    ...world,
    carrier: (id: string, calls: number, changes: Partial<Agreement> = {}) =>
      carrier(world, id, calls, changes),
    opened: (carrierId: string) => opened(world, carrierId),
    importText,
    match,
    approve,
    settlement: (id: string) => settlement(world, id),
    differences: (id: string) =>
      listDifferences(world.sql, id, { kind: undefined, after: undefined, limit: 100 }),
    payable: (owner: string) => balance('carrier-payable', owner),
    bank: () => balance('bank', 'DE89370400440532013000'),
  };
}
export type SettlementWorld = Awaited<ReturnType<typeof settlementWorld>>;

/** A carrier with an agreement, and calls of one minute by it, a minute apart, at 0.06 each. */
async function carrier(
  world: BillingWorld,
  id: string,
  calls: number,
  changes: Partial<Agreement>,
): Promise<void> {
  await inForce(world, await deck(world, id, 'carrier', EUR), '2026-01-01T00:00:00Z', [row()]);
  await setCarrier(world.sql, { id, name: id, deckId: id, trunks: [id] });
  await setAgreement(world.sql, {
    carrierId: id,
    timeZone: 'Asia/Seoul',
    statementColumns: { called: 'number', start: 'answered_at', seconds: 'duration', charge: 'amount' },
    tolerance: { clockMs: 5_000, durationMs: 2_000, micros: 1_000n },
    totalTolerancePpm: 5_000,
    paymentDays: 14,
    creditor: { name: id, iban: 'GB82 WEST 1234 5698 7654 32' },
    debtor: { name: 'Anydial', iban: 'DE89370400440532013000' },
    ...changes,
  });
  const ended = Array.from({ length: calls }, (_, n) => {
    const at = { answeredAt: first + n * 60_000, endedAt: first + (n + 1) * 60_000 };
    const legs = [{ leg: 0, kind: 'trunk' as const, target: id, e164: '+82262006200', ...at }];
    const nobody = { memberId: null, reading: 'pstn', called: null, onNet: false, billable: false };
    return { callId: newId(), ...nobody, ...at, legs };
  });
  await world.tx((tx) => chargeCalls(tx, ended, new RateBook()));
}

async function opened(world: BillingWorld, carrierId: string): Promise<string> {
  const done = await world.tx((tx) => openSettlement(tx, { carrierId, from, to, openedBy: 'ann' }));
  if (!done.ok) throw new Error(done.failure.message);
  return done.value;
}

async function settlement(world: BillingWorld, id: string) {
  const found = await findSettlement(world.sql, id);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}
