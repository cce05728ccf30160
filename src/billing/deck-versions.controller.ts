import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { csvFile } from '../infra/http/csv.js';
import { Idempotent } from '../infra/http/idempotency/idempotent.js';
import { AnswersWith } from '../infra/http/openapi/answers-with.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { Proposals } from '../infra/http/proposals/proposals.service.js';
import { badRowsCsv } from '../kernel/csv-file.js';
import { diffVersion } from './deck-diff.service.js';
import { exportDeck } from './deck-export.service.js';
import {
  badRowsOf,
  discardVersion,
  findVersion,
  maySchedule,
  unscheduleVersion,
} from './deck-versions.service.js';
import { DECK_IN_FORCE } from './proposals/billing-kinds.js';
import { instant } from './requests.js';

const schedule = z.strictObject({
  activeFrom: instant,
  acceptBadRows: z.number().int().min(0).default(0),
});
const diffQuery = z.strictObject({ at: instant.optional() });

@Controller('v1/deck-versions')
export class DeckVersionsController {
  constructor(
    private readonly db: Db,
    private readonly proposals: Proposals,
  ) {}

  /** Also the progress of an import that is under way. */
  @Get(':id')
  @Policy('rate-decks.read')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    return orProblem(await findVersion(this.db, id));
  }

  /** What it changes against the version in force now, or at a given time. */
  @Get(':id/diff')
  @Policy('rate-decks.read')
  async diff(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: diffQuery }) { at }: z.output<typeof diffQuery>,
  ) {
    orProblem(await findVersion(this.db, id));
    return diffVersion(this.db, id, at ?? new Date());
  }

  @Get(':id/bad-rows.csv')
  @Policy('rate-decks.read')
  @AnswersWith('text/csv')
  async badRows(@Param('id', { schema: z.uuid() }) id: string): Promise<StreamableFile> {
    const { deckId } = orProblem(await findVersion(this.db, id));
    return csvFile(Readable.from([badRowsCsv(await badRowsOf(this.db, id))]), `${deckId}-bad-rows.csv`);
  }

  /** The version as a file that can be imported again. */
  @Get(':id/rates.csv')
  @Policy('rate-decks.read')
  @AnswersWith('text/csv')
  async rates(@Param('id', { schema: z.uuid() }) id: string): Promise<StreamableFile> {
    const { deckId } = orProblem(await findVersion(this.db, id));
    return csvFile(Readable.from(orProblem(await exportDeck(this.db, id))), `${deckId}.csv`);
  }

  /** Proposes to put it in force: another person decides (docs/two-persons.md). */
  @Post(':id/schedule')
  @HttpCode(202)
  @Policy('rate-decks.manage')
  @Idempotent()
  async schedule(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: schedule }) wanted: z.output<typeof schedule>,
  ) {
    const proposal = await this.db.inTx(async (tx) => {
      const allowed = await maySchedule(tx, { ...wanted, versionId: id });
      if (!allowed.ok) return allowed;
      return this.proposals.propose(tx, {
        kind: DECK_IN_FORCE,
        subject: id,
        about: `Deck ${allowed.value} in force from ${wanted.activeFrom.toISOString()}`,
        wish: { ...wanted, versionId: id },
        proposedBy: principal.accountId,
      });
    });
    const proposed = orProblem(proposal);
    return { ...orProblem(await findVersion(this.db, id)), proposal: proposed };
  }

  @Delete(':id/schedule')
  @HttpCode(204)
  @Policy('rate-decks.manage')
  async unschedule(@Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    orProblem(await this.db.inTx((tx) => unscheduleVersion(tx, id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('rate-decks.manage')
  async discard(@Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    orProblem(await this.db.inTx((tx) => discardVersion(tx, id)));
  }
}
