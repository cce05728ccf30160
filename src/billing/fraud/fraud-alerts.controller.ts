import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure } from '../../kernel/result.js';

export interface FraudAlertView {
  readonly id: string;
  readonly seq: string;
  readonly accountId: string;
  /** The member or company whose account it is. */
  readonly owner: string;
  readonly kind:
    | 'spend-80'
    | 'spend-100'
    | 'short-calls'
    | 'many-calls'
    | 'member-spend-80'
    | 'member-spend-100';
  /** Amounts in micro-units as text, counts, the range, the member. */
  readonly detail: Readonly<Record<string, string | number>>;
  readonly raisedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
}

const listed = pageQuery(z.string().regex(/^\d{1,18}$/)).extend({
  acknowledged: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
const noted = z.strictObject({ note: z.string().trim().min(1).max(500) });

const VIEW = `f.id, f.seq, f.account_id AS "accountId", a.owner, f.kind, f.detail, f.raised_at AS "raisedAt",
  f.acknowledged_at AS "acknowledgedAt", f.acknowledged_by AS "acknowledgedBy", f.note
  FROM fraud_alert f JOIN ledger_account a ON a.id = f.account_id`;

/** What looks like fraud, or like the end of a limit. */
@Controller('v1/fraud-alerts')
export class FraudAlertsController {
  constructor(private readonly db: Db) {}

  /** Newest first; `acknowledged=false`: those that nobody has looked at. */
  @Get()
  @Policy('fraud-alerts.read')
  async list(
    @Query({ schema: listed }) { limit, cursor, acknowledged }: z.output<typeof listed>,
  ): Promise<Page<FraudAlertView>> {
    const found = await this.db.rows<FraudAlertView>(
      `SELECT ${VIEW} WHERE ($1::boolean IS NULL OR (f.acknowledged_at IS NOT NULL) = $1) AND ($2::bigint IS NULL OR f.seq < $2)
        ORDER BY f.seq DESC LIMIT $3`,
      [acknowledged ?? null, cursor ?? null, limit + 1],
    );
    return pageOf(found, limit, ({ seq }) => seq);
  }

  /** Somebody has looked at it; what he found. */
  @Post(':id/acknowledgement')
  @HttpCode(200)
  @Policy('fraud-alerts.acknowledge')
  @Idempotent()
  async acknowledge(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: noted }) { note }: z.output<typeof noted>,
  ): Promise<FraudAlertView> {
    const done = await this.db.run(
      `UPDATE fraud_alert SET acknowledged_at = now(), acknowledged_by = $2, note = $3 WHERE id = $1 AND acknowledged_at IS NULL`,
      [id, accountId, note],
    );
    const [found] = await this.db.rows<FraudAlertView>(`SELECT ${VIEW} WHERE f.id = $1`, [id]);
    if (found === undefined) return orProblem(err(unknown()));
    return done === 1 ? found : orProblem(err(lookedAt()));
  }
}

const unknown = () =>
  failure('fraud-alert.not-found', 'There is no such alert.', { hint: 'GET /v1/fraud-alerts lists them' });
const lookedAt = () =>
  failure('fraud-alert.not-allowed', 'Somebody has looked at this alert already.', {
    hint: 'read it again: it says who',
  });
