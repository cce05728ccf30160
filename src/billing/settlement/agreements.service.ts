import type { Sql } from '../../infra/db/sql.js';
import type { Currency } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { readIban } from '../domain/settlement/iban.js';
import type { Tolerance } from '../domain/settlement/match.js';
import type { Reads } from '../reads.js';
import { ibanInvalid } from './settlement.failures.js';

/** What was agreed with a carrier on how its fees are settled. Its currency is its deck's. */
export interface Agreement {
  readonly carrierId: string;
  /** Of times in its statements that don't name their zone (IANA). */
  readonly timeZone: string;
  /** Its column names to ours: number, answered_at, duration, amount. */
  readonly statementColumns: Readonly<Record<string, string>>;
  readonly tolerance: Tolerance;
  /** In parts per million of our total: within it their total may be paid without settling each difference. */
  readonly totalTolerancePpm: number;
  readonly paymentDays: number;
  readonly creditor: Party;
  readonly debtor: Party;
}
export interface Party {
  readonly name: string;
  readonly iban: string;
}

/** Notes an agreement, or changes it for settlements from now on. */
export async function setAgreement(sql: Sql, wanted: Agreement): Promise<Result<undefined, Failure>> {
  const [creditorIban, debtorIban] = [readIban(wanted.creditor.iban), readIban(wanted.debtor.iban)];
  if (creditorIban === undefined || debtorIban === undefined) return err(ibanInvalid());
  await sql.run(
    `INSERT INTO agreement (carrier_id, time_zone, statement_columns, clock_tolerance_ms, duration_tolerance_ms,
                            amount_tolerance_micros, total_tolerance_ppm, payment_days,
                            creditor_name, creditor_iban, debtor_name, debtor_iban)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (carrier_id) DO UPDATE
       SET (time_zone, statement_columns, clock_tolerance_ms, duration_tolerance_ms, amount_tolerance_micros,
            total_tolerance_ppm, payment_days, creditor_name, creditor_iban, debtor_name, debtor_iban)
         = (excluded.time_zone, excluded.statement_columns, excluded.clock_tolerance_ms, excluded.duration_tolerance_ms,
            excluded.amount_tolerance_micros, excluded.total_tolerance_ppm, excluded.payment_days,
            excluded.creditor_name, excluded.creditor_iban, excluded.debtor_name, excluded.debtor_iban)`,
    [
      wanted.carrierId,
      wanted.timeZone,
      JSON.stringify(wanted.statementColumns),
      wanted.tolerance.clockMs,
      wanted.tolerance.durationMs,
      wanted.tolerance.micros,
      wanted.totalTolerancePpm,
      wanted.paymentDays,
      wanted.creditor.name,
      creditorIban,
      wanted.debtor.name,
      debtorIban,
    ],
  );
  return ok(undefined);
}

/** The agreement with a carrier and the currency it is settled in. */
export async function findAgreement(
  sql: Reads,
  carrierId: string,
): Promise<(Agreement & { readonly currency: Currency }) | undefined> {
  const [row] = await sql.rows<AgreementRow>(
    `SELECT a.*, d.currency FROM agreement a JOIN carrier c ON c.id = a.carrier_id JOIN rate_deck d ON d.id = c.deck_id
      WHERE a.carrier_id = $1`,
    [carrierId],
  );
  return (
    row && {
      carrierId,
      currency: row.currency,
      timeZone: row.time_zone,
      statementColumns: row.statement_columns,
      tolerance: {
        clockMs: row.clock_tolerance_ms,
        durationMs: row.duration_tolerance_ms,
        micros: BigInt(row.amount_tolerance_micros),
      },
      totalTolerancePpm: row.total_tolerance_ppm,
      paymentDays: row.payment_days,
      creditor: { name: row.creditor_name, iban: row.creditor_iban },
      debtor: { name: row.debtor_name, iban: row.debtor_iban },
    }
  );
}

interface AgreementRow {
  readonly currency: Currency;
  readonly time_zone: string;
  readonly statement_columns: Readonly<Record<string, string>>;
  readonly clock_tolerance_ms: number;
  readonly duration_tolerance_ms: number;
  readonly amount_tolerance_micros: string;
  readonly total_tolerance_ppm: number;
  readonly payment_days: number;
  readonly creditor_name: string;
  readonly creditor_iban: string;
  readonly debtor_name: string;
  readonly debtor_iban: string;
}
