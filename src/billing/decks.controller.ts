import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../infra/db/db.js';
import { orProblem } from '../infra/http/answer.js';
import { CSV, NDJSON, recordsIn } from '../infra/http/csv.js';
import { ChangeNews } from '../infra/http/events/change-news.js';
import { Idempotent } from '../infra/http/idempotency/idempotent.js';
import { Takes } from '../infra/http/openapi/takes.js';
import { pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { diffVersion } from './deck-diff.service.js';
import { importDeck } from './deck-import.service.js';
import { discardVersion, listVersions } from './deck-versions.service.js';
import { createDeck, type DeckTerms, listDecks } from './decks.service.js';
import { currencyCode, deckId, jsonText, periodText } from './requests.js';

const newDeck = z.strictObject({
  id: deckId,
  name: z.string().trim().min(1).max(200),
  direction: z.enum(['sale', 'carrier']),
  currency: currencyCode,
  /** Charges are rounded half up to this many decimals. */
  decimals: z.number().int().min(0).max(6).default(6),
  onNetFree: z.boolean().default(true),
});
const importQuery = z.strictObject({
  source: z.string().trim().min(1).max(200).default('upload'),
  dryRun: z.enum(['true', 'false']).default('false'),
  periods: jsonText(z.array(periodText).max(10)).default([]),
  mapping: jsonText(z.record(z.string().max(100), z.string().max(100))).default({}),
});

const listQuery = pageQuery(z.tuple([z.string().max(10), deckId]));
const versionsQuery = pageQuery(z.uuid());

/** Bad rows in an answer; all of them stand in the version's error file. */
const SHOWN_BAD_ROWS = 20;

@Controller('v1/rate-decks')
export class DecksController {
  constructor(
    private readonly db: Db,
    private readonly news: ChangeNews,
  ) {}

  @Get()
  @Policy('rate-decks.read')
  async list(@Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>) {
    const page = pageOf(await listDecks(this.db, limit + 1, cursor), limit, ({ direction, id }) => [
      direction,
      id,
    ]);
    return { ...page, items: page.items.map(viewOf) };
  }

  @Post()
  @Policy('rate-decks.manage')
  @Idempotent()
  async create(@Body({ schema: newDeck }) wanted: z.output<typeof newDeck>) {
    const { decimals, ...deck } = wanted;
    const roundToMicros = 10n ** BigInt(6 - decimals);
    const made = await this.db.inTx((tx) => createDeck(tx, { ...deck, roundToMicros }));
    return viewOf(orProblem(made));
  }

  @Get(':id/versions')
  @Policy('rate-decks.read')
  async versions(
    @Param('id', { schema: deckId }) id: string,
    @Query({ schema: versionsQuery }) { limit, cursor }: z.output<typeof versionsQuery>,
  ) {
    return pageOf(await listVersions(this.db, id, limit + 1, cursor), limit, (version) => version.id);
  }

  /** The body is the CSV file itself (`content-type: text/csv`), of any size. Nothing is rated by it until it is scheduled. */
  @Post(':id/versions')
  @Policy('rate-decks.manage')
  @Takes(CSV, NDJSON)
  @Idempotent()
  async import(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: deckId }) id: string,
    @Query({ schema: importQuery }) query: z.output<typeof importQuery>,
    @Req() request: Request,
  ) {
    const { dryRun, ...terms } = query;
    const wish = { ...terms, deckId: id, createdBy: principal.accountId };
    const inTx = this.db.inTx.bind(this.db);
    const progress = () => this.news.tell('rate-decks');
    const done = orProblem(await importDeck(inTx, wish, recordsIn(request), progress));
    const diff = await diffVersion(this.db, done.versionId, new Date());
    if (dryRun === 'true') orProblem(await this.db.inTx((tx) => discardVersion(tx, done.versionId)));
    const { versionId, badRows, ...report } = done;
    return {
      versionId: dryRun === 'true' ? null : versionId,
      ...report,
      badRows: badRows.slice(0, SHOWN_BAD_ROWS),
      diff,
    };
  }
}

const viewOf = ({ roundToMicros, ...deck }: DeckTerms) => ({
  ...deck,
  decimals: 7 - roundToMicros.toString().length,
});
