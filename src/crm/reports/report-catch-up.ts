import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SlowWork } from '../../infra/db/slow-work.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { HOUSE } from '../owner.js';
import { OWNER_OF_MEMBER, primary } from './call-facts.js';
import { type Fact, type FactKind, putFacts } from './facts.js';

const LOOK_EVERY_MS = 60_000;
/** A transaction that began earlier may commit later: so far back everything is read again, and counts once. */
const OVERLAP = '10 minutes';
const BATCH = 5_000;

/**
 * What is told by rows rather than events: charges (a re-rating is a charge anew), what was sold, numbers that began and ended. Read by the time of the
 * row from where the last reading ended, a little overlapping; a fact that is told again counts once, one that has changed by its difference.
 */
@Injectable()
export class ReportCatchUp implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private cancelTimer: CancelTimer = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly slow: SlowWork,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.cancelTimer = this.clock.after(LOOK_EVERY_MS, () => {
      this.running = this.catchUp()
        .catch((error: unknown) => this.log.warn({ err: error }, 'reports are behind'))
        .then(() => this.onApplicationBootstrap());
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.cancelTimer();
    await this.running;
    this.cancelTimer();
  }

  async catchUp(): Promise<void> {
    for (const [name, source] of Object.entries(sources)) {
      while (!(await this.slow.inTx((tx) => readOn(tx, name, source)))) {}
    }
  }
}

interface Source {
  readonly sql: string;
  readonly fact: (row: SourceRow) => Fact;
}
interface SourceRow {
  readonly id: string;
  readonly owner: string | null;
  readonly at: Date;
  readonly readAt: Date;
  readonly country: string | null;
  readonly language: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
}

/** One batch; true when nothing is left. */
async function readOn(tx: Tx, name: string, { sql, fact }: Source): Promise<boolean> {
  const from = await readThrough(tx, name);
  if (from === undefined) return true;
  const rows = await tx.rows<SourceRow>(sql, [from, BATCH]);
  await putFacts(tx, rows.map(fact));
  const last = rows.at(-1);
  // Of the last millisecond all were read (WITH TIES).
  const through = rows.length < BATCH || last === undefined ? undefined : new Date(last.readAt.getTime() + 1);
  await tx.run(
    `UPDATE report_source SET read_through = coalesce($2, greatest(read_through, now() - interval '${OVERLAP}')) WHERE name = $1`,
    [name, through ?? null],
  );
  return through === undefined;
}

/** Undefined: another worker reads on. */
async function readThrough(tx: Sql, name: string): Promise<Date | undefined> {
  await tx.run(
    `INSERT INTO report_source (name, read_through) VALUES ($1, '1970-01-01') ON CONFLICT DO NOTHING`,
    [name],
  );
  const [row] = await tx.rows<{ from: Date }>(
    'SELECT read_through AS "from" FROM report_source WHERE name = $1 FOR UPDATE SKIP LOCKED',
    [name],
  );
  return row?.from;
}

const fact =
  (kind: FactKind) =>
  (row: SourceRow): Fact => ({
    kind,
    id: row.id,
    owner: row.owner ?? HOUSE,
    at: row.at,
    country: row.country ?? '',
    language: primary(row.language),
    ...(row.amount === null ? {} : { amountMicros: BigInt(row.amount), currency: row.currency ?? '' }),
  });

/** Rows that came since `$1`, oldest first, of a call the last charge alone. */
const sources: Readonly<Record<string, Source>> = {
  charges: {
    fact: fact('charged'),
    sql: `
      SELECT c.call_id AS id, ${OWNER_OF_MEMBER} AS owner, c.answered_at AS at, c.rated_at AS "readAt", m.country, m.language,
             c.amount_micros AS amount, c.currency
        FROM charge c LEFT JOIN member m ON m.id = c.member_id
       WHERE c.rated_at >= $1 AND c.result = 'rated'
         AND NOT EXISTS (SELECT FROM charge later WHERE later.call_id = c.call_id AND later.revision > c.revision)
       ORDER BY date_trunc('milliseconds', c.rated_at) FETCH FIRST $2 ROWS WITH TIES`,
  },
  // Sold when it was paid; given back, it stays an order of nothing.
  orders: {
    fact: fact('order'),
    sql: `
      SELECT o.id, NULL AS owner, (SELECT min(p.at) FROM order_move p WHERE p.order_id = o.id AND p.to_state = 'paid') AS at,
             v.at AS "readAt", o.country, o.language, CASE o.state WHEN 'refunded' THEN 0 ELSE o.total_micros END AS amount, o.currency
        FROM order_move v JOIN shop_order o ON o.id = v.order_id
       WHERE v.at >= $1 AND v.to_state IN ('paid', 'refunded')
         AND EXISTS (SELECT FROM order_move p WHERE p.order_id = o.id AND p.to_state = 'paid')
       ORDER BY date_trunc('milliseconds', v.at) FETCH FIRST $2 ROWS WITH TIES`,
  },
  joined: {
    fact: fact('joined'),
    sql: `
      SELECT o.id, NULL AS owner, v.at, v.at AS "readAt", o.country, o.language, NULL AS amount, NULL AS currency
        FROM order_move v JOIN shop_order o ON o.id = v.order_id
       WHERE v.at >= $1 AND v.to_state = 'active' AND o.kind = 'number'
       ORDER BY date_trunc('milliseconds', v.at) FETCH FIRST $2 ROWS WITH TIES`,
  },
  left: {
    fact: fact('left'),
    sql: `
      SELECT k.id, NULL AS owner, v.at, v.at AS "readAt", o.country, o.language, NULL AS amount, NULL AS currency
        FROM contract_move v JOIN number_contract k ON k.id = v.contract_id JOIN shop_order o ON o.id = k.order_id
       WHERE v.at >= $1 AND v.to_state = 'ended'
       ORDER BY date_trunc('milliseconds', v.at) FETCH FIRST $2 ROWS WITH TIES`,
  },
};
