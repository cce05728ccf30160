import type { Sql } from '../infra/db/sql.js';
import type { Currency } from '../kernel/money.js';
import type { Reads } from './reads.js';

/** Who pays for a member's calls, in which currency, by which deck. */
export interface Payer {
  readonly accountId: bigint;
  readonly currency: Currency;
  readonly deckId: string;
}
/** Whom we pay for calls by a trunk, in its deck's currency. */
export interface Carrier {
  readonly id: string;
  readonly currency: Currency;
  readonly deckId: string;
}

/** A member's calls are paid from that account, at that sale deck's prices, from now on. */
export async function setPayer(
  sql: Sql,
  memberId: string,
  payer: { readonly accountId: bigint; readonly deckId: string },
): Promise<void> {
  await sql.run(
    `INSERT INTO payer (member_id, account_id, deck_id) VALUES ($1, $2, $3)
     ON CONFLICT (member_id) DO UPDATE SET account_id = excluded.account_id, deck_id = excluded.deck_id`,
    [memberId, payer.accountId, payer.deckId],
  );
}

/** Payers by member id; members without one are left out. */
export async function payersOf(
  sql: Reads,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, Payer>> {
  if (memberIds.length === 0) return new Map();
  const rows = await sql.rows<{ member_id: string; account_id: string; currency: Currency; deck_id: string }>(
    `SELECT p.member_id, p.account_id, a.currency, p.deck_id
       FROM payer p JOIN ledger_account a ON a.id = p.account_id WHERE p.member_id = ANY ($1)`,
    [[...new Set(memberIds)]],
  );
  return new Map(
    rows.map((row) => [
      row.member_id,
      { accountId: BigInt(row.account_id), currency: row.currency, deckId: row.deck_id },
    ]),
  );
}

/** A carrier and the trunks that are its. */
export async function setCarrier(
  sql: Sql,
  carrier: {
    readonly id: string;
    readonly name: string;
    readonly deckId: string;
    readonly trunks: readonly string[];
  },
): Promise<void> {
  await sql.run(
    `INSERT INTO carrier (id, name, deck_id) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, deck_id = excluded.deck_id`,
    [carrier.id, carrier.name, carrier.deckId],
  );
  await sql.run(
    `INSERT INTO carrier_trunk (trunk_id, carrier_id) SELECT trunk_id, $2 FROM unnest($1::text[]) AS t (trunk_id)
     ON CONFLICT (trunk_id) DO UPDATE SET carrier_id = excluded.carrier_id`,
    [carrier.trunks, carrier.id],
  );
}

/** Carriers by trunk id; trunks that are nobody's are left out. */
export async function carriersOf(
  sql: Reads,
  trunkIds: readonly string[],
): Promise<ReadonlyMap<string, Carrier>> {
  if (trunkIds.length === 0) return new Map();
  const rows = await sql.rows<{ trunk_id: string; id: string; currency: Currency; deck_id: string }>(
    `SELECT t.trunk_id, c.id, d.currency, c.deck_id
       FROM carrier_trunk t JOIN carrier c ON c.id = t.carrier_id JOIN rate_deck d ON d.id = c.deck_id
      WHERE t.trunk_id = ANY ($1)`,
    [[...new Set(trunkIds)]],
  );
  return new Map(
    rows.map((row) => [row.trunk_id, { id: row.id, currency: row.currency, deckId: row.deck_id }]),
  );
}

/** A carrier, PSTN operator or partner centre as somebody whom we pay. */
export interface CarrierAccount {
  readonly id: string;
  readonly name: string;
  readonly deckId: string;
  readonly currency: Currency;
  readonly trunks: readonly string[];
}

/** In the order of their ids, after one of them. */
export const listCarriers = (sql: Reads, after: string, limit: number): Promise<readonly CarrierAccount[]> =>
  sql.rows<CarrierAccount>(
    `SELECT c.id, c.name, c.deck_id AS "deckId", d.currency,
            ARRAY(SELECT trunk_id FROM carrier_trunk t WHERE t.carrier_id = c.id ORDER BY trunk_id) AS trunks
       FROM carrier c JOIN rate_deck d ON d.id = c.deck_id WHERE c.id > $1 ORDER BY c.id LIMIT $2`,
    [after, limit],
  );
