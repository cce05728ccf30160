import type { Sql } from '../../infra/db/sql.js';
import { nextState } from '../../kernel/fsm.js';
import { newId } from '../../kernel/ids.js';
import type { Currency } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import {
  type SettlementEvent,
  type SettlementState,
  settlementStates,
} from '../domain/settlement/settlement-states.js';
import type { Reads } from '../reads.js';
import { findAgreement } from './agreements.service.js';
import { agreementUnknown, periodTaken, settlementUnknown, stateNotAllowed } from './settlement.failures.js';

/** One carrier's fees of one period, from its statement to the money. */
export interface Settlement {
  readonly id: string;
  readonly carrierId: string;
  readonly currency: Currency;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly state: SettlementState;
  readonly source: string | null;
  readonly statementLines: number | null;
  readonly badLines: number | null;
  readonly matched: number | null;
  readonly oursMicros: bigint | null;
  readonly theirsMicros: bigint | null;
  readonly agreedMicros: bigint | null;
  readonly openedBy: string;
  readonly approvedBy: string | null;
}

/** Opens a settlement for calls answered in [from, to); periods of one carrier never overlap. */
export async function openSettlement(
  sql: Sql,
  wish: { readonly carrierId: string; readonly from: Date; readonly to: Date; readonly openedBy: string },
): Promise<Result<string, Failure>> {
  const agreement = await findAgreement(sql, wish.carrierId);
  if (agreement === undefined) return err(agreementUnknown(wish.carrierId));
  await sql.rows('SELECT FROM agreement WHERE carrier_id = $1 FOR UPDATE', [wish.carrierId]);
  const id = newId();
  const opened = await sql.run(
    `INSERT INTO settlement (id, carrier_id, currency, period, opened_by)
     SELECT $1, $2, $3, period, $6 FROM tstzrange($4, $5) AS period
      WHERE NOT EXISTS (SELECT FROM settlement s WHERE s.carrier_id = $2 AND s.period && tstzrange($4, $5))`,
    [id, wish.carrierId, agreement.currency, wish.from, wish.to, wish.openedBy],
  );
  return opened === 1 ? ok(id) : err(periodTaken());
}

/** Newest first. */
export async function listSettlements(
  sql: Reads,
  carrierId: string,
  count: number,
  before?: Date,
): Promise<readonly Settlement[]> {
  const rows = await sql.rows<SettlementRow>(
    `${SETTLEMENTS} WHERE carrier_id = $1 AND ($2::timestamptz IS NULL OR lower(period) < $2) ORDER BY lower(period) DESC LIMIT $3`,
    [carrierId, before ?? null, count],
  );
  return rows.map(settlementOf);
}

export async function findSettlement(sql: Reads, id: string): Promise<Result<Settlement, Failure>> {
  const [row] = await sql.rows<SettlementRow>(`${SETTLEMENTS} WHERE id = $1`, [id]);
  return row === undefined ? err(settlementUnknown()) : ok(settlementOf(row));
}

/** The same, its row locked until the transaction ends: whoever moves it on decides alone. */
export async function lockSettlement(sql: Sql, id: string): Promise<Result<Settlement, Failure>> {
  const [row] = await sql.rows<SettlementRow>(`${SETTLEMENTS} WHERE id = $1 FOR UPDATE`, [id]);
  return row === undefined ? err(settlementUnknown()) : ok(settlementOf(row));
}

/** Whether an event may come in a settlement's state, and where it leads. */
export function moved(
  { state }: Settlement,
  event: SettlementEvent,
): Result<SettlementState, ReturnType<typeof stateNotAllowed>> {
  const next = nextState(settlementStates, state, event);
  return next.ok ? next : err(stateNotAllowed(state));
}

const SETTLEMENTS = `
  SELECT id, carrier_id AS "carrierId", currency, lower(period) AS "from", upper(period) AS "to", state, source,
         statement_lines AS "statementLines", bad_lines AS "badLines", matched, ours_micros AS "oursMicros",
         theirs_micros AS "theirsMicros", agreed_micros AS "agreedMicros", opened_by AS "openedBy",
         approved_by AS "approvedBy"
    FROM settlement`;

type MicrosField = 'oursMicros' | 'theirsMicros' | 'agreedMicros';
type SettlementRow = Omit<Settlement, MicrosField> & Readonly<Record<MicrosField, string | null>>;

const settlementOf = (row: SettlementRow): Settlement => ({
  ...row,
  oursMicros: microsOf(row.oursMicros),
  theirsMicros: microsOf(row.theirsMicros),
  agreedMicros: microsOf(row.agreedMicros),
});
const microsOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
