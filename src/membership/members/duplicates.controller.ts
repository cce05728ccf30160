import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import { orProblem } from '../../infra/http/answer.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { failure, ok } from '../../kernel/result.js';

const uuid = z.uuid();
const listQuery = pageQuery(z.tuple([z.uuid(), z.uuid()]));
const mark = z.strictObject({ verdict: z.enum(['same', 'different']) });

interface Candidate {
  readonly first: { readonly id: string; readonly name: string };
  readonly second: { readonly id: string; readonly name: string };
  /** What they have in common: email, phone, document. */
  readonly common: readonly string[];
  readonly verdict: 'same' | null;
}

/** Who may be registered twice: pairs that have an address, a telephone or a document in common, until somebody said they are different. */
@Controller('v1/duplicates')
export class DuplicatesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('duplicates.manage')
  async list(@Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>) {
    const rows = await this.db.rows<Candidate>(CANDIDATES, [
      cursor?.[0] ?? null,
      cursor?.[1] ?? null,
      limit + 1,
    ]);
    return pageOf(rows, limit, ({ first, second }) => [first.id, second.id]);
  }

  @Put(':first/:second')
  @Policy('duplicates.manage')
  async mark(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('first', { schema: uuid }) one: string,
    @Param('second', { schema: uuid }) other: string,
    @Body({ schema: mark }) { verdict }: z.output<typeof mark>,
  ) {
    const [first, second] = [one, other].sort();
    const marked = await unlessRefused({ '23503': noPair, '23514': noPair }, async () => {
      await this.db.run(
        `INSERT INTO duplicate_mark (first, second, verdict, marked_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (first, second) DO UPDATE SET verdict = excluded.verdict, marked_by = excluded.marked_by, at = now()`,
        [first, second, verdict, accountId],
      );
      return ok({ first, second, verdict });
    });
    return orProblem(marked);
  }
}

const CANDIDATES = `
  SELECT jsonb_build_object('id', a.id, 'name', a.name) AS first, jsonb_build_object('id', b.id, 'name', b.name) AS second,
         pair.common, mark.verdict
    FROM (SELECT x.member_id AS one, y.member_id AS other, array_agg(DISTINCT x.kind ORDER BY x.kind) AS common
            FROM duplicate_key x JOIN duplicate_key y ON y.hash = x.hash AND y.kind = x.kind AND y.member_id > x.member_id
           WHERE $1::uuid IS NULL OR (x.member_id, y.member_id) > ($1, $2)
           GROUP BY x.member_id, y.member_id) pair
    JOIN member a ON a.id = pair.one JOIN member b ON b.id = pair.other
    LEFT JOIN duplicate_mark mark ON mark.first = pair.one AND mark.second = pair.other
   WHERE mark.verdict IS DISTINCT FROM 'different' AND a.company_id IS DISTINCT FROM b.id AND b.company_id IS DISTINCT FROM a.id
   ORDER BY pair.one, pair.other LIMIT $3`;

const noPair = failure('duplicate.unknown', 'These are not two members.', {
  hint: 'GET /v1/duplicates lists pairs',
});
