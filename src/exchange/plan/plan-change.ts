import type { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { rulesFrom } from '../directory.rules.js';

/**
 * Changes the number plan: whatever `change` writes is compiled with all the rest, and only saved when that makes a plan.
 * Changes go one after the other, so that no two of them are each right and wrong together.
 */
export async function changePlan<T>(db: Db, change: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
  return db.inTx(async (tx) => {
    await tx.rows(`SELECT pg_advisory_xact_lock(hashtext('number plan'))`);
    const done = await change(tx);
    if (!done.ok) return done;
    const reasons = [...(await claimedTwice(tx)), ...(await notCompiling(tx))];
    return reasons.length === 0 ? done : err(conflict(reasons));
  });
}

async function notCompiling(tx: Tx): Promise<readonly string[]> {
  const rules = await rulesFrom(oneAtATime(tx));
  return rules.ok ? [] : rules.failure;
}

/** One prefix or domain of two carriers, or a domain that is ours too: only one of them would ever be called. */
async function claimedTwice(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.rows<{ what: string; whose: string }>(`
    WITH claim AS (
      SELECT unnest(e164_prefixes) AS what, 'carrier ' || id AS whose FROM voip_carrier WHERE enabled
      UNION ALL SELECT unnest(domains), 'carrier ' || id FROM voip_carrier WHERE enabled
      UNION ALL SELECT jsonb_array_elements_text(value), 'ownDomains' FROM routing_setting
                 WHERE name = 'ownDomains' AND jsonb_typeof(value) = 'array'
    )
    SELECT what, string_agg(whose, ' and ' ORDER BY whose) AS whose FROM claim GROUP BY what HAVING count(*) > 1
     ORDER BY what`);
  return rows.map(({ what, whose }) => `${what} is claimed by ${whose}`);
}

/** A transaction is one connection: its statements wait for each other. */
function oneAtATime(tx: Sql): Sql {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    rows: <Row extends object>(text: string, values?: readonly unknown[]) =>
      inTurn(() => tx.rows<Row>(text, values)),
    run: (text, values) => inTurn(() => tx.run(text, values)),
  };
}

const MOST_NAMED = 10;

const conflict = (reasons: readonly string[]): Failure<'plan.conflict'> =>
  failure('plan.conflict', `Nothing was saved: ${reasons.slice(0, MOST_NAMED).join('; ')}.`, {
    hint: 'change one of the two, or remove the one that stands in the way first',
  });

export const removed = (count: number, what: string): Result<undefined> =>
  count > 0
    ? ok(undefined)
    : err(
        failure('plan.not-found', `There is no ${what} in the plan.`, {
          hint: 'GET /v1/plan shows all of it',
        }),
      );
