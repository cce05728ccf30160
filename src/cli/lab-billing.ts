import {
  type AccountName,
  accountId,
  addRates,
  beginVersion,
  completeVersion,
  createDeck,
  type DeckRow,
  scheduleVersion,
  setCarrier,
  setLimits,
  setPayer,
} from '../billing/index.js';
import type { Sql } from '../infra/db/sql.js';
import { currency } from '../kernel/money.js';
import type { LabWorld } from './lab-world.js';

const USD = currency('USD');
const SALE = 'lab-sale';
const OPERATORS = 'lab-operators';
/** Members of the demo world pay afterwards, up to 100 dollars. */
const CREDIT_LIMIT_MICROS = 100_000_000n;
const IN_FORCE_SINCE = new Date('2026-01-01T00:00:00Z');
const SEED = 'seed lab';

/** Micro-dollars a minute by prefix; the empty prefix is everywhere else. Telephone companies ask about half of it. */
export const SALE_PRICES: readonly (readonly [prefix: string, destination: string, perMinute: bigint])[] = [
  ['', 'Elsewhere', 240_000n],
  ['1', 'United States and Canada', 20_000n],
  ['44', 'United Kingdom', 48_000n],
  ['81', 'Japan', 40_000n],
  ['82', 'Korea', 30_000n],
  ['8210', 'Korea, mobile', 60_000n],
];

/** Gives the demo world prices, and everybody in it an account: members pay by one list, its gateways and carriers are paid by another. */
export async function seedLabBilling(sql: Sql, world: LabWorld): Promise<void> {
  await deck(sql, { id: SALE, direction: 'sale', of: (price) => price });
  await deck(sql, { id: OPERATORS, direction: 'carrier', of: (price) => price / 2n });
  for (const { id, name } of world.trunks) {
    await setCarrier(sql, { id, name, deckId: OPERATORS, trunks: [id] });
  }
  for (const { id, kind } of world.members) {
    const name: AccountName = { kind: kind === 'company' ? 'company' : 'member', owner: id, currency: USD };
    const account = await accountId(sql, name);
    await setLimits(sql, account, { creditLimitMicros: CREDIT_LIMIT_MICROS, dailyCapMicros: undefined });
    await setPayer(sql, id, { accountId: account, deckId: SALE });
  }
}

interface Deck {
  readonly id: string;
  readonly direction: 'sale' | 'carrier';
  of(price: bigint): bigint;
}

/** Makes the deck with its one version, unless it is there. */
async function deck(sql: Sql, { id, direction, of }: Deck): Promise<void> {
  const terms = { id, name: id, direction, currency: USD, roundToMicros: 1n, onNetFree: true } as const;
  const made = await createDeck(sql, terms);
  if (!made.ok) return;
  const begun = await beginVersion(sql, { deckId: id, periods: [], source: SEED, createdBy: SEED });
  if (!begun.ok) throw new Error(begun.failure.message);
  const rows = SALE_PRICES.map(
    ([prefix, destination, price]): DeckRow => row(prefix, destination, of(price)),
  );
  await addRates(sql, begun.value, rows);
  await completeVersion(sql, begun.value, { good: rows.length, bad: 0, sha256: null });
  const wish = { versionId: begun.value, activeFrom: IN_FORCE_SINCE, scheduledBy: SEED, acceptBadRows: 0 };
  const scheduled = await scheduleVersion(sql, wish);
  if (!scheduled.ok) throw new Error(scheduled.failure.message);
}

/** A price a minute, charged by the second. */
export const row = (prefix: string, destination: string, perMinute: bigint): DeckRow => ({
  prefix,
  destination,
  perMinute,
  connectFee: 0n,
  perPeriod: [],
  firstS: 1,
  nextS: 1,
  minimumS: 0,
  freeS: 0,
  validFrom: undefined,
  validTo: undefined,
});
