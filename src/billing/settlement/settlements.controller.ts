import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { event } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { CSV, NDJSON, recordsIn } from '../../infra/http/csv.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { Takes } from '../../infra/http/openapi/takes.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { badRowsCsv } from '../../kernel/csv-file.js';
import { formatAmount, money } from '../../kernel/money.js';
import { deckId, instant } from '../requests.js';
import { approveSettlement } from './approval.service.js';
import {
  type Difference,
  decideDifferences,
  differenceStates,
  listDifferences,
  notesOf,
} from './differences.service.js';
import { settledReRatings } from './settled-re-rating.service.js';
import { findSettlement, listSettlements, openSettlement, type Settlement } from './settlements.service.js';
import { badLinesOf, importStatement, withdrawStatement } from './statement-import.service.js';

const kinds = ['duration-differs', 'rate-differs', 'only-ours', 'only-theirs'] as const;
const opening = z
  .strictObject({ carrierId: deckId, from: instant, to: instant })
  .refine(({ from, to }) => to > from, {
    path: ['to'],
    message: 'must be after from',
  });
const listQuery = pageQuery(z.iso.datetime()).extend({ carrierId: deckId });
const notesQuery = pageQuery(z.uuid());
const importQuery = z.strictObject({ source: z.string().trim().min(1).max(200).default('upload') });
const differencesQuery = pageQuery(z.string().regex(/^\d{1,18}$/)).extend({ kind: z.enum(kinds).optional() });
const reRatingsQuery = pageQuery(
  z.strictObject({ callId: z.uuid(), leg: z.number().int(), revision: z.number().int() }),
);
const decision = z
  .strictObject({
    ids: z
      .array(z.string().regex(/^\d{1,18}$/))
      .min(1)
      .max(1_000)
      .optional(),
    kind: z.enum(kinds).optional(),
    state: z.enum(differenceStates),
    note: z.string().trim().min(1).max(2_000),
  })
  .refine(({ ids, kind }) => (ids === undefined) !== (kind === undefined), 'name either ids or a kind');
const approval = z.strictObject({ basis: z.enum(['lines', 'their-total']) });

@Controller('v1/settlements')
export class SettlementsController {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  /** What re-ratings found in its calls after it was approved: what was agreed stays, a person may claim the rest. */
  @Get(':id/re-ratings')
  @Policy('settlements.read')
  async reRatings(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: reRatingsQuery }) { limit, cursor }: z.output<typeof reRatingsQuery>,
  ) {
    orProblem(await findSettlement(this.db, id));
    const found = await settledReRatings(this.db, id, { limit: limit + 1, after: cursor });
    return pageOf(found, limit, ({ callId, leg, revision }) => ({ callId, leg, revision }));
  }

  @Get()
  @Policy('settlements.read')
  async list(@Query({ schema: listQuery }) { carrierId, limit, cursor }: z.output<typeof listQuery>) {
    const before = cursor === undefined ? undefined : new Date(cursor);
    const found = await listSettlements(this.db, carrierId, limit + 1, before);
    const page = pageOf(found, limit, ({ from }) => from.toISOString());
    return { ...page, items: page.items.map(viewOf) };
  }

  @Post()
  @Policy('settlements.manage')
  @Idempotent()
  async open(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: opening }) wanted: z.output<typeof opening>,
  ) {
    const wish = { ...wanted, openedBy: principal.accountId };
    return this.find(orProblem(await this.db.inTx((tx) => openSettlement(tx, wish))));
  }

  @Get(':id')
  @Policy('settlements.read')
  async find(@Param('id', { schema: z.uuid() }) id: string) {
    return viewOf(orProblem(await findSettlement(this.db, id)));
  }

  /** The body is the carrier's CSV file (`content-type: text/csv`), read by the agreement's columns; then it is matched. */
  @Post(':id/statement')
  @Takes(CSV, NDJSON)
  @Policy('settlements.manage')
  @Idempotent()
  async import(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: importQuery }) { source }: z.output<typeof importQuery>,
    @Req() request: Request,
  ) {
    const wish = { settlementId: id, source };
    const told = event('statement.imported', { settlementId: id });
    const inTx = this.db.inTx.bind(this.db);
    return orProblem(
      await importStatement(inTx, wish, recordsIn(request), (tx) => this.outbox.add(tx, told)),
    );
  }

  @Delete(':id/statement')
  @HttpCode(204)
  @Policy('settlements.manage')
  async withdraw(@Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    orProblem(await this.db.inTx((tx) => withdrawStatement(tx, id)));
  }

  @Get(':id/bad-lines.csv')
  @Policy('settlements.read')
  @AnswersWith('text/csv')
  async badLines(@Param('id', { schema: z.uuid() }) id: string): Promise<StreamableFile> {
    const csv = badRowsCsv(orProblem(await badLinesOf(this.db, id)));
    return new StreamableFile(Buffer.from(csv), { type: 'text/csv; charset=utf-8' });
  }

  @Get(':id/differences')
  @Policy('settlements.read')
  async differences(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: differencesQuery }) { limit, cursor, kind }: z.output<typeof differencesQuery>,
  ) {
    const { currency } = orProblem(await findSettlement(this.db, id));
    const found = await listDifferences(this.db, id, { kind, after: cursor, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, (one) => one.id);
    return { items: items.map((one) => differenceView(one, currency)), nextCursor };
  }

  @Get(':id/differences/:difference/notes')
  @Policy('settlements.read')
  async notes(
    @Param('difference', { schema: z.string().regex(/^\d{1,18}$/) }) difference: string,
    @Query({ schema: notesQuery }) { limit, cursor }: z.output<typeof notesQuery>,
  ) {
    return pageOf(await notesOf(this.db, difference, limit + 1, cursor), limit, ({ id }) => id);
  }

  /** Says of differences what counts, or that they are disputed, with a note: one by one or a whole kind. */
  @Post(':id/decisions')
  @HttpCode(200)
  @Policy('settlements.manage')
  @Idempotent()
  async decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: decision }) { ids, kind, state, note }: z.output<typeof decision>,
  ) {
    const which = ids === undefined ? { kind: kind ?? 'rate-differs' } : { ids };
    const said = { state, note, by: principal.accountId };
    return { decided: orProblem(await this.db.inTx((tx) => decideDifferences(tx, id, which, said))) };
  }

  /** By somebody else than who opened it; orders the payment. */
  @Post(':id/approval')
  @HttpCode(200)
  @Policy('settlements.approve')
  @Idempotent()
  async approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: approval }) { basis }: z.output<typeof approval>,
  ) {
    const by = { basis, by: principal.accountId, at: new Date() };
    orProblem(
      await this.db.inTx(async (tx) => {
        const approved = await approveSettlement(tx, id, by);
        if (approved.ok) await this.outbox.add(tx, event('settlement.approved', { settlementId: id }));
        return approved;
      }),
    );
    return this.find(id);
  }
}

const viewOf = ({ oursMicros, theirsMicros, agreedMicros, ...same }: Settlement) => {
  const amount = (micros: bigint | null) =>
    micros === null ? null : formatAmount(money(micros, same.currency));
  return { ...same, ours: amount(oursMicros), theirs: amount(theirsMicros), agreed: amount(agreedMicros) };
};

const differenceView = (
  { oursMicros, theirsMicros, oursMs, theirsMs, ...same }: Difference,
  currency: Settlement['currency'],
) => ({
  ...same,
  oursMs: oursMs === null ? null : Number(oursMs),
  theirsMs: theirsMs === null ? null : Number(theirsMs),
  ours: formatAmount(money(BigInt(oursMicros), currency)),
  theirs: formatAmount(money(BigInt(theirsMicros), currency)),
});
