import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { oneLine, partyNumber } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import { forbid } from './do-not-call.js';

const list = pageQuery(z.string().max(40));
const why = z.strictObject({ reason: oneLine(200) });

interface DoNotCallEntry {
  readonly number: string;
  readonly reason: string;
  readonly createdAt: Date;
}

/** Whom campaigns must not call: a company's own list; the operator's counts for everybody. */
@Controller('v1/do-not-call')
export class DoNotCallController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('campaigns.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const { own } = seenByCaller(principal);
    const rows = await this.db.rows<DoNotCallEntry>(
      `SELECT number, reason, created_at AS "createdAt" FROM do_not_call
        WHERE owner = $1 AND ($2::text IS NULL OR number > $2) ORDER BY number LIMIT $3`,
      [own, cursor ?? null, limit + 1],
    );
    return pageOf(rows, limit, ({ number }) => number);
  }

  @Put(':number')
  @Policy('campaigns.manage')
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param('number', { schema: partyNumber }) number: string,
    @Body({ schema: why }) { reason }: z.output<typeof why>,
  ) {
    await forbid(this.db, seenByCaller(principal).own, number, reason, principal.accountId);
    return { number, reason };
  }

  @Delete(':number')
  @HttpCode(204)
  @Policy('campaigns.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('number', { schema: partyNumber }) number: string,
  ): Promise<void> {
    await this.db.run('DELETE FROM do_not_call WHERE owner = $1 AND number = $2', [
      seenByCaller(principal).own,
      number,
    ]);
  }
}
