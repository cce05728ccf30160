import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { lookAgain, type RetentionRule, retentionKinds, retentionRules } from './retention.service.js';

const kindOf = z.enum(retentionKinds);
const countryOf = z.string().regex(/^([A-Z]{2}|\*)$/, 'must be a country like KR, or * for all others');
const period = z.strictObject({ keepDays: z.number().int().min(1).max(3_660) });
const uuid = z.uuid();
const hold = z.strictObject({ reason: z.string().trim().min(1).max(500) });

const holdsQuery = pageQuery(uuid);

interface LegalHold {
  readonly memberId: string;
  readonly reason: string;
  readonly placedAt: Date;
}

/** For how long what is personal is kept, by country, and whose is kept until a court is done with it. */
@Controller('v1')
export class RetentionController {
  constructor(private readonly db: Db) {}

  @Get('retention-rules')
  @Policy('retention.read')
  async list(): Promise<{ items: readonly RetentionRule[] }> {
    return { items: await retentionRules(this.db) };
  }

  @Put('retention-rules/:kind/:country')
  @Policy('retention.manage')
  async set(
    @Param('kind', { schema: kindOf }) kind: z.output<typeof kindOf>,
    @Param('country', { schema: countryOf }) country: string,
    @Body({ schema: period }) { keepDays }: z.output<typeof period>,
  ): Promise<RetentionRule> {
    await this.db.inTx(async (tx) => {
      await tx.run(
        `INSERT INTO retention_rule (kind, country, keep_days) VALUES ($1, $2, $3)
         ON CONFLICT (kind, country) DO UPDATE SET keep_days = excluded.keep_days`,
        [kind, country, keepDays],
      );
      await lookAgain(tx);
    });
    return { kind, country, keepDays };
  }

  /** The country goes by `*` from then on; that one itself can only be changed. */
  @Delete('retention-rules/:kind/:country')
  @HttpCode(204)
  @Policy('retention.manage')
  async remove(
    @Param('kind', { schema: kindOf }) kind: z.output<typeof kindOf>,
    @Param('country', { schema: countryOf }) country: string,
  ): Promise<void> {
    const removed = await this.db.inTx(async (tx) => {
      await lookAgain(tx);
      return tx.run(`DELETE FROM retention_rule WHERE kind = $1 AND country = $2 AND country <> '*'`, [
        kind,
        country,
      ]);
    });
    orProblem(removed > 0 ? ok(undefined) : err(ruleUnknown));
  }

  @Get('legal-holds')
  @Policy('legal-holds.manage')
  async holds(
    @Query({ schema: holdsQuery }) { limit, cursor }: z.output<typeof holdsQuery>,
  ): Promise<Page<LegalHold>> {
    const found = await this.db.rows<LegalHold>(
      `SELECT member_id AS "memberId", reason, placed_at AS "placedAt" FROM legal_hold
        WHERE $1::uuid IS NULL OR member_id > $1 ORDER BY member_id LIMIT $2`,
      [cursor ?? null, limit + 1],
    );
    return pageOf(found, limit, ({ memberId }) => memberId);
  }

  /** Nothing of this member is forgotten or erased by time until it is lifted. */
  @Put('legal-holds/:memberId')
  @HttpCode(204)
  @Policy('legal-holds.manage')
  async place(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: hold }) { reason }: z.output<typeof hold>,
  ): Promise<void> {
    const placed = await this.db.inTx((tx) =>
      tx.run(
        `INSERT INTO legal_hold (member_id, reason, placed_by) SELECT id, $2, $3 FROM member WHERE id = $1
         ON CONFLICT (member_id) DO UPDATE SET reason = excluded.reason`,
        [memberId, reason, principal.accountId],
      ),
    );
    orProblem(placed > 0 ? ok(undefined) : err(memberUnknown));
  }

  @Delete('legal-holds/:memberId')
  @HttpCode(204)
  @Policy('legal-holds.manage')
  async lift(@Param('memberId', { schema: uuid }) memberId: string): Promise<void> {
    const lifted = await this.db.inTx(async (tx) => {
      await lookAgain(tx);
      return tx.run('DELETE FROM legal_hold WHERE member_id = $1', [memberId]);
    });
    orProblem(lifted > 0 ? ok(undefined) : err(holdUnknown));
  }
}

const ruleUnknown = failure('retention.rule.unknown', 'There is no such rule to remove.', {
  hint: '`*` can be changed, not removed; GET /v1/retention-rules lists them',
});
const memberUnknown = failure('member.unknown', 'There is no such member.', { hint: 'GET /v1/members' });
const holdUnknown = failure('legal-hold.unknown', 'Nothing of this member is held.', {
  hint: 'GET /v1/legal-holds',
});
