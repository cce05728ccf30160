import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { SlowWork } from '../../infra/db/slow-work.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { timeZone } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import { report } from './report.service.js';
import { summaryQuery, wishOf } from './report-wish.js';
import { setZone, zoneOf } from './zones.service.js';

const zone = z.strictObject({ zone: timeZone });

/** One centre's view of all countries. */
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly db: Db,
    private readonly slow: SlowWork,
  ) {}

  /** Sums `by` day, week, month, hour, country, language, company, queue or agent, and of all together. */
  @Get('summary')
  @Policy('reports.read')
  async summary(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: summaryQuery }) query: z.output<typeof summaryQuery>,
  ) {
    return report(this.db, await wishOf(this.db, principal, query));
  }

  @Get('zone')
  @Policy('reports.read')
  async zone(@CurrentPrincipal() principal: Principal) {
    return { zone: await zoneOf(this.db, seenByCaller(principal).own) };
  }

  /** In whose days and weeks is counted. All facts are counted anew: with millions of them this takes minutes. */
  @Put('zone')
  @Policy('reports.manage')
  async setZone(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: zone }) wanted: z.output<typeof zone>,
  ) {
    await setZone(this.slow, seenByCaller(principal).own, wanted.zone);
    return wanted;
  }
}
