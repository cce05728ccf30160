import type { Tx } from '../../infra/db/tx.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import {
  type Match,
  type MatchKind,
  MatchWindow,
  type Tolerance,
  type Usage,
} from '../domain/settlement/match.js';
import { type ColumnOf, insertAll } from '../insert-all.js';
import { findAgreement } from './agreements.service.js';
import { agreementUnknown } from './settlement.failures.js';
import { lockSettlement, moved, type Settlement } from './settlements.service.js';

export interface MatchTotals {
  readonly counts: Readonly<Record<MatchKind, number>>;
  readonly oursMicros: bigint;
  readonly theirsMicros: bigint;
}

/**
 * Compares an imported statement with our accruals of the same period, record by record, and notes every difference. Both
 * sides are read in pages in the order of time, so any number of lines passes through little memory. All in the caller's
 * transaction: run again after a crash it starts anew, after the end it is refused by the state.
 */
export async function matchSettlement(tx: Tx, id: string): Promise<Result<MatchTotals, Failure>> {
  const locked = await lockSettlement(tx, id);
  if (!locked.ok) return locked;
  const settlement = locked.value;
  const next = moved(settlement, 'statement.matched');
  if (!next.ok) return next;
  const agreement = await findAgreement(tx, settlement.carrierId);
  if (agreement === undefined) return err(agreementUnknown(settlement.carrierId));
  const totals = new Totals();
  let differing: Match[] = [];
  const flush = async () => {
    await insertAll(tx, 'settlement_difference', differenceColumns(id), differing, 'NULL');
    differing = [];
  };
  for await (const found of compare(tx, settlement, agreement.tolerance)) {
    totals.add(found);
    if (found.kind !== 'matched') differing.push(found);
    if (differing.length >= PAGE) await flush();
  }
  await flush();
  await tx.run(
    'UPDATE settlement SET state = $2, matched = $3, ours_micros = $4, theirs_micros = $5 WHERE id = $1',
    [id, next.value, totals.counts.matched, totals.oursMicros, totals.theirsMicros],
  );
  return ok(totals);
}

class Totals implements MatchTotals {
  readonly counts: Record<MatchKind, number> = {
    matched: 0,
    'duration-differs': 0,
    'rate-differs': 0,
    'only-ours': 0,
    'only-theirs': 0,
  };
  oursMicros = 0n;
  theirsMicros = 0n;

  add(found: Match): void {
    this.counts[found.kind] += 1;
    if ('ours' in found) this.oursMicros += found.ours.micros;
    if ('theirs' in found) this.theirsMicros += found.theirs.micros;
  }
}

const PAGE = 5_000;

async function* compare(tx: Tx, settlement: Settlement, tolerance: Tolerance): AsyncGenerator<Match> {
  const window = new MatchWindow(tolerance);
  const ours = new Pages((after) => ourPage(tx, settlement, after));
  const theirs = new Pages((after) => theirPage(tx, settlement.id, after));
  let [our, their] = [await ours.next(), await theirs.next()];
  while (our !== undefined || their !== undefined) {
    if (our !== undefined && (their === undefined || our.at <= their.at)) {
      yield* window.addOurs(our);
      our = ours.ready() ?? (await ours.next());
    } else if (their !== undefined) {
      yield* window.addTheirs(their);
      their = theirs.ready() ?? (await theirs.next());
    }
  }
  yield* window.end();
}

/** Records one by one out of pages; waits only between pages. */
class Pages {
  private page: readonly Usage[] = [];
  private at = 0;
  private done = false;

  constructor(private readonly read: (after: Usage | undefined) => Promise<readonly Usage[]>) {}

  /** The next one of the page at hand; undefined at its end. */
  ready(): Usage | undefined {
    return this.page[this.at++];
  }

  async next(): Promise<Usage | undefined> {
    if (this.done) return undefined;
    this.page = await this.read(this.page.at(-1));
    this.at = 0;
    this.done = this.page.length === 0;
    return this.ready();
  }
}

interface UsageRow {
  readonly id: string;
  readonly number: string;
  readonly at: Date;
  readonly duration_ms: string;
  readonly micros: string;
}
const usageOf = (row: UsageRow): Usage => ({
  id: row.id,
  number: row.number,
  at: row.at.getTime(),
  durationMs: Number(row.duration_ms),
  micros: BigInt(row.micros),
});

async function ourPage(
  tx: Tx,
  { carrierId, from, to }: Settlement,
  after?: Usage,
): Promise<readonly Usage[]> {
  const [callId = null, leg = null] = after?.id.split(':') ?? [];
  const start = after === undefined ? null : new Date(after.at);
  return (await tx.rows<UsageRow>(OUR_PAGE, [carrierId, from, to, start, callId, leg, PAGE])).map(usageOf);
}

async function theirPage(tx: Tx, settlementId: string, after?: Usage): Promise<readonly Usage[]> {
  const start = after === undefined ? null : new Date(after.at);
  return (await tx.rows<UsageRow>(THEIR_PAGE, [settlementId, start, after?.id ?? null, PAGE])).map(usageOf);
}

/** A carrier's accruals of a span, last revisions, in the order of time; unrated ones count as 0. */
export const OUR_PAGE = `
  SELECT call_id || ':' || leg AS id, COALESCE(ltrim(e164, '+'), '') AS number, answered_at AS at, duration_ms,
         amount_micros AS micros
    FROM accrual a
   WHERE carrier_id = $1 AND answered_at >= $2 AND answered_at < $3
     AND ($4::timestamptz IS NULL OR (answered_at, call_id, leg) > ($4, $5::uuid, $6::smallint))
     AND NOT EXISTS (SELECT FROM accrual n WHERE (n.call_id, n.leg) = (a.call_id, a.leg) AND n.revision > a.revision)
   ORDER BY answered_at, call_id, leg LIMIT $7`;

export const THEIR_PAGE = `
  SELECT line::text AS id, number, answered_at AS at, duration_ms, amount_micros AS micros
    FROM statement_line
   WHERE settlement_id = $1 AND ($2::timestamptz IS NULL OR (answered_at, line) > ($2, $3::integer))
   ORDER BY answered_at, line LIMIT $4`;

function differenceColumns(settlementId: string): readonly ColumnOf<Match>[] {
  const ours = (found: Match) => ('ours' in found ? found.ours : undefined);
  const theirs = (found: Match) => ('theirs' in found ? found.theirs : undefined);
  const either = (found: Match) => ('ours' in found ? found.ours : found.theirs);
  return [
    { name: 'settlement_id', type: 'uuid', of: () => settlementId },
    { name: 'kind', type: 'text', of: (found) => found.kind },
    { name: 'number', type: 'text', of: (found) => either(found).number },
    { name: 'answered_at', type: 'timestamptz', of: (found) => new Date(either(found).at) },
    { name: 'call_id', type: 'uuid', of: (found) => ours(found)?.id.split(':')[0] ?? null },
    { name: 'leg', type: 'smallint', of: (found) => ours(found)?.id.split(':')[1] ?? null },
    { name: 'line', type: 'integer', of: (found) => theirs(found)?.id ?? null },
    { name: 'ours_ms', type: 'bigint', of: (found) => ours(found)?.durationMs ?? null },
    { name: 'theirs_ms', type: 'bigint', of: (found) => theirs(found)?.durationMs ?? null },
    { name: 'ours_micros', type: 'bigint', of: (found) => ours(found)?.micros ?? 0n },
    { name: 'theirs_micros', type: 'bigint', of: (found) => theirs(found)?.micros ?? 0n },
  ];
}
