import { z } from 'zod';
import type { Currency } from '../kernel/money.js';
import { type Period, parsePeriod } from './domain/period.js';
import { type Rate, type RateDeck, rateDeck } from './domain/rate-deck.js';
import type { Reads } from './reads.js';
import { Recent } from './recent.js';

/** Which version of a deck rates a call answered at that time (ms since epoch); undefined: the deck has none for then. */
export type DeckAt = (deckId: string, answeredAt: number) => RateDeck | undefined;

/** Decks of 100,000 prefixes take about 40 MB each: the least recently used go when there are more. */
const MOST_DECKS = 16;

/**
 * The decks in memory. A scheduled version never changes its rates, so what is loaded stays right for ever; which version
 * is in force is asked of the database each time.
 */
export class RateBook {
  private readonly decks: Recent<RateDeck>;

  constructor(mostDecks = MOST_DECKS) {
    this.decks = new Recent(mostDecks);
  }

  /**
   * Looks up the versions of these decks that are needed for these times and loads the ones that are not here yet. Until
   * the transaction ends no version of these decks is scheduled: what is rated here is found by a later re-rating.
   */
  async open(
    sql: Reads,
    wanted: readonly { readonly deckId: string; readonly answeredAt: number }[],
  ): Promise<DeckAt> {
    const deckIds = [...new Set(wanted.map(({ deckId }) => deckId))];
    const versions = deckIds.length === 0 ? [] : await scheduledVersions(sql, deckIds);
    const loaded = new Map<string, RateDeck>();
    for (const { deckId, answeredAt } of wanted) {
      const version = versionAt(versions, deckId, answeredAt);
      if (version !== undefined && !loaded.has(version.id))
        loaded.set(version.id, await this.load(sql, version));
    }
    return (deckId, answeredAt) => {
      const version = versionAt(versions, deckId, answeredAt);
      return version && loaded.get(version.id);
    };
  }

  load(sql: Reads, version: ScheduledVersion): Promise<RateDeck> {
    return this.decks.get(version.id, () => readDeck(sql, version));
  }
}

/** The scheduled versions of these decks, newest first. */
export const scheduledVersions = (
  sql: Reads,
  deckIds: readonly string[],
): Promise<readonly ScheduledVersion[]> =>
  sql.rows<ScheduledVersion>('SELECT * FROM scheduled_versions($1)', [deckIds]);

/** Of versions, newest first, the one in force for a deck at that time. */
export const versionAt = (
  versions: readonly ScheduledVersion[],
  deckId: string,
  answeredAt: number,
): ScheduledVersion | undefined =>
  versions.find((one) => one.deck_id === deckId && one.active_from.getTime() <= answeredAt);

export interface ScheduledVersion {
  readonly id: string;
  readonly deck_id: string;
  readonly active_from: Date;
  readonly periods: unknown;
  readonly currency: string;
  readonly round_to_micros: string;
  readonly on_net_free: boolean;
}

/** A version with all its rates. */
async function readDeck(sql: Reads, version: ScheduledVersion): Promise<RateDeck> {
  const rows = await sql.rows<RateRow>(
    `SELECT prefix, destination, connect_fee_micros, per_minute_micros, per_period_micros::text[],
            extract(epoch FROM valid_from) * 1000 AS valid_from, extract(epoch FROM valid_to) * 1000 AS valid_to,
            first_s, next_s, minimum_s, free_s
       FROM deck_rate WHERE version_id = $1`,
    [version.id],
  );
  return rateDeck(
    {
      id: version.id,
      currency: version.currency as Currency,
      roundTo: BigInt(version.round_to_micros),
      onNetFree: version.on_net_free,
      periods: readPeriods(version.periods),
    },
    rows.map(rateOf),
  );
}

interface RateRow {
  readonly prefix: string;
  readonly destination: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly connect_fee_micros: string;
  readonly per_minute_micros: string;
  readonly per_period_micros: readonly (string | null)[];
  readonly first_s: number;
  readonly next_s: number;
  readonly minimum_s: number;
  readonly free_s: number;
}

const rateOf = (row: RateRow): Rate => ({
  prefix: row.prefix,
  destination: row.destination,
  validFrom: Number(row.valid_from),
  validTo: Number(row.valid_to),
  connectFee: BigInt(row.connect_fee_micros),
  perMinute: BigInt(row.per_minute_micros),
  perPeriod: row.per_period_micros.map((price) => (price === null ? undefined : BigInt(price))),
  firstMs: row.first_s * 1000,
  nextMs: row.next_s * 1000,
  minimumMs: row.minimum_s * 1000,
  freeMs: row.free_s * 1000,
});

const periodTexts = z.array(
  z.object({
    name: z.string(),
    timeZone: z.string(),
    windows: z.array(z.object({ days: z.array(z.number()), from: z.string(), to: z.string() })),
  }),
);

/** Column `periods`; it was checked when it was written, so what can't be read is a surprise and thrown. */
function readPeriods(column: unknown): readonly Period[] {
  return periodTexts.parse(column).map((text) => {
    const parsed = parsePeriod(text);
    if (!parsed.ok) throw new Error(parsed.failure.message);
    return parsed.value;
  });
}
