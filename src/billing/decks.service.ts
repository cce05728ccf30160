import type { Sql } from '../infra/db/sql.js';
import type { Currency } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import * as failures from './billing.failures.js';
import type { Reads } from './reads.js';

export interface DeckTerms {
  readonly id: string;
  readonly name: string;
  readonly direction: 'sale' | 'carrier';
  readonly currency: Currency;
  readonly roundToMicros: bigint;
  readonly onNetFree: boolean;
}

/** Opens a deck; it rates nothing until a version is in force. */
export async function createDeck(
  sql: Sql,
  deck: DeckTerms,
): Promise<Result<DeckTerms, failures.DeckFailure>> {
  const made = await sql.run(
    `INSERT INTO rate_deck (id, name, direction, currency, round_to_micros, on_net_free)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [deck.id, deck.name, deck.direction, deck.currency, deck.roundToMicros, deck.onNetFree],
  );
  return made === 1 ? ok(deck) : err(failures.deckExists(deck.id));
}

/** A deck's terms; undefined: there is none. */
export async function deckTerms(sql: Reads, id: string): Promise<DeckTerms | undefined> {
  const [row] = await sql.rows<DeckRecord>(`${DECKS} WHERE id = $1`, [id]);
  return row && termsOf(row);
}

/** All decks: a handful, so never in pages. */
/** Carriers' before ours, each in the order of ids; after one when given. */
export async function listDecks(
  sql: Reads,
  count: number,
  after?: readonly [direction: string, id: string],
): Promise<readonly DeckTerms[]> {
  const rows = await sql.rows<DeckRecord>(
    `${DECKS} WHERE $1::text IS NULL OR (direction, id) > ($1, $2) ORDER BY direction, id LIMIT $3`,
    [after?.[0] ?? null, after?.[1] ?? null, count],
  );
  return rows.map(termsOf);
}

interface DeckRecord {
  readonly id: string;
  readonly name: string;
  readonly direction: 'sale' | 'carrier';
  readonly currency: Currency;
  readonly round_to_micros: string;
  readonly on_net_free: boolean;
}
const DECKS = 'SELECT id, name, direction, currency, round_to_micros, on_net_free FROM rate_deck';

const termsOf = ({ round_to_micros, on_net_free, ...same }: DeckRecord): DeckTerms => ({
  ...same,
  roundToMicros: BigInt(round_to_micros),
  onNetFree: on_net_free,
});
