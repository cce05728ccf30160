import { csvLine } from '../kernel/csv.js';
import { type Currency, formatAmount, money } from '../kernel/money.js';
import type { Reads } from './reads.js';

/** What one prefix costs somebody now. Prices in the deck's currency, times in seconds. */
export interface Price {
  readonly prefix: string;
  readonly destination: string;
  readonly perMinute: string;
  /** Prices in the deck's periods, by their name, where they differ. */
  readonly periods: Readonly<Record<string, string>>;
  readonly connectFee: string;
  readonly first: number;
  readonly next: number;
  readonly minimum: number;
  readonly free: number;
}
/** The version of a sale deck that is in force. */
export interface RunningDeck {
  readonly versionId: string;
  readonly currency: Currency;
  readonly onNetFree: boolean;
  readonly periods: readonly { readonly name: string }[];
}

/** The version by which calls answered now are rated; undefined: the deck has none, or is no sale deck. */
export async function runningDeck(sql: Reads, deckId: string): Promise<RunningDeck | undefined> {
  const [row] = await sql.rows<RunningDeck>(
    `SELECT v.id AS "versionId", d.currency, d.on_net_free AS "onNetFree", v.periods
       FROM deck_version v JOIN rate_deck d ON d.id = v.deck_id
      WHERE d.id = $1 AND d.direction = 'sale' AND v.active_from <= now() ORDER BY v.active_from DESC LIMIT 1`,
    [deckId],
  );
  return row;
}

/**
 * Prices in force now whose prefix begins with these digits, in the order of prefixes, after one of them.
 */
export async function pricesOf(
  sql: Reads,
  deck: RunningDeck,
  page: { readonly begins: string; readonly after: string | undefined; readonly limit: number },
): Promise<readonly Price[]> {
  const rows = await sql.rows<PriceRow>(PRICES, [
    deck.versionId,
    page.begins,
    following(page.begins),
    page.after ?? null,
    page.limit,
  ]);
  return rows.map((row) => priceFrom(deck, row));
}

/** What a call to these digits costs: the price of the longest prefix of them that is in force now. */
export async function priceFor(sql: Reads, deck: RunningDeck, digits: string): Promise<Price | undefined> {
  const prefixes = Array.from({ length: digits.length + 1 }, (_, length) => digits.slice(0, length));
  const [row] = await sql.rows<PriceRow>(
    `SELECT ${FIELDS} FROM deck_rate WHERE version_id = $1 AND prefix = ANY ($2)
        AND valid_from <= now() AND now() < valid_to ORDER BY length(prefix) DESC, valid_from DESC LIMIT 1`,
    [deck.versionId, prefixes],
  );
  return row && priceFrom(deck, row);
}

const FIELDS = `prefix, destination, connect_fee_micros, per_minute_micros, per_period_micros::text[], first_s, next_s,
                minimum_s, free_s`;

/** By the primary key: from the digits themselves up to the next ones of that length; none follow 9, 99 … */
export const PRICES = `
  SELECT DISTINCT ON (prefix) ${FIELDS} FROM deck_rate
   WHERE version_id = $1 AND prefix >= $2 AND ($3::text IS NULL OR prefix < $3) AND ($4::text IS NULL OR prefix > $4)
     AND valid_from <= now() AND now() < valid_to
   ORDER BY prefix, valid_from DESC LIMIT $5`;

/** `82` -> `83`, `129` -> `13`. */
function following(digits: string): string | null {
  const kept = digits.replace(/9+$/, '');
  return kept === '' ? null : kept.slice(0, -1) + String(Number(kept.at(-1)) + 1);
}

interface PriceRow {
  readonly prefix: string;
  readonly destination: string;
  readonly connect_fee_micros: string;
  readonly per_minute_micros: string;
  readonly per_period_micros: readonly (string | null)[];
  readonly first_s: number;
  readonly next_s: number;
  readonly minimum_s: number;
  readonly free_s: number;
}

function priceFrom({ currency, periods }: RunningDeck, row: PriceRow): Price {
  const text = (micros: string) => formatAmount(money(BigInt(micros), currency));
  const differing = periods.flatMap(({ name }, index) => {
    const price = row.per_period_micros[index];
    return price == null ? [] : [[name, text(price)] as const];
  });
  return {
    prefix: row.prefix,
    destination: row.destination,
    perMinute: text(row.per_minute_micros),
    periods: Object.fromEntries(differing),
    connectFee: text(row.connect_fee_micros),
    first: row.first_s,
    next: row.next_s,
    minimum: row.minimum_s,
    free: row.free_s,
  };
}

const PAGE = 5_000;

/** The whole list as CSV, page by page. */
export async function* priceListCsv(sql: Reads, deck: RunningDeck, begins: string): AsyncGenerator<string> {
  const names = deck.periods.map(({ name }) => name);
  const line = (fields: readonly string[]) => `${csvLine(fields)}\r\n`;
  const header = [
    'prefix',
    'destination',
    'currency',
    'per_minute',
    'connect_fee',
    'first',
    'next',
    'minimum',
    'free',
  ];
  yield line([...header, ...names.map((name) => `per_minute@${name}`)]);
  for (let after: string | undefined; ; ) {
    const page = await pricesOf(sql, deck, { begins, after, limit: PAGE });
    const rows = page.map((price) => [
      price.prefix,
      price.destination,
      deck.currency,
      price.perMinute,
      price.connectFee,
      ...[price.first, price.next, price.minimum, price.free].map(String),
      ...names.map((name) => price.periods[name] ?? price.perMinute),
    ]);
    yield rows.map(line).join('');
    if (page.length < PAGE) return;
    after = page.at(-1)?.prefix;
  }
}
