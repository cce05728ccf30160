import { Readable } from 'node:stream';
import { Body, Controller, Get, Header, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { streamed } from '../../infra/http/csv.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { accountScopeOf } from '../account-scope.js';
import { ublOf } from '../domain/invoice/ubl.js';
import { accountNumber } from '../requests.js';
import { creditInvoice } from './credit-notes.service.js';
import { type AccountDues, accountDues } from './dues.service.js';
import {
  documentOf,
  type FoundInvoice,
  findInvoice,
  listInvoices,
  viewOf,
} from './invoice-document.service.js';
import { allLines, type LinesWish, linesCsv, linesOf } from './invoice-lines.service.js';
import { invoicePdf } from './invoice-pdf.js';

const list = pageQuery(z.uuid()).extend({ accountId: accountNumber.optional() });
const dues = pageQuery(accountNumber).extend({ accountId: accountNumber.optional() });
const lines = pageQuery(z.number().int().positive()).extend({ memberId: z.uuid().optional() });
const ofMember = z.strictObject({ memberId: z.uuid().optional() });
const creditNote = z.strictObject({
  reason: z.string().trim().min(1).max(300),
  /** Line numbers; left out: all that were not credited yet. */
  lines: z.array(z.number().int().positive()).min(1).max(10_000).optional(),
});

/** Invoices and credit notes: everybody's for staff, one's own for companies and members. */
@Controller('v1/invoices')
export class InvoicesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('invoices.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor, accountId }: z.output<typeof list>,
  ) {
    const scope = await accountScopeOf(this.db, principal);
    const found = await listInvoices(this.db, scope, {
      limit: limit + 1,
      before: cursor,
      account: accountId,
    });
    const page = pageOf(found, limit, ({ id }) => id);
    return { ...page, items: page.items.map(viewOf) };
  }

  /** What postpaid accounts owe for which invoices; money that came in has paid the oldest first. */
  @Get('dues')
  @Policy('invoices.read')
  async dues(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: dues }) { limit, cursor, accountId }: z.output<typeof dues>,
  ): Promise<Page<AccountDues>> {
    const scope = await accountScopeOf(this.db, principal);
    const found = await accountDues(this.db, scope, { limit: limit + 1, after: cursor, account: accountId });
    return pageOf(found, limit, (of) => of.accountId);
  }

  @Get(':id')
  @Policy('invoices.read')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: z.uuid() }) id: string) {
    return viewOf(await this.own(principal, id));
  }

  /** Calls and fees one by one; of one member with `memberId`. */
  @Get(':id/lines')
  @Policy('invoices.read')
  async lines(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: lines }) { limit, cursor, memberId }: z.output<typeof lines>,
  ) {
    const wish = linesWish(await this.own(principal, id), memberId);
    const found = await linesOf(this.db, wish, { after: cursor ?? 0, limit: limit + 1 });
    return pageOf(found, limit, ({ line }) => line);
  }

  @Get(':id/lines.csv')
  @Policy('invoices.read')
  @AnswersWith('text/csv')
  async csv(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: ofMember }) { memberId }: z.output<typeof ofMember>,
  ): Promise<StreamableFile> {
    const invoice = await this.own(principal, id);
    const file = Readable.from(linesCsv(this.db, linesWish(invoice, memberId)));
    return streamed(file, 'text/csv; charset=utf-8', `${invoice.number}.csv`);
  }

  @Get(':id/document.pdf')
  @Policy('invoices.read')
  @AnswersWith('application/pdf')
  async pdf(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: ofMember }) { memberId }: z.output<typeof ofMember>,
  ): Promise<StreamableFile> {
    const invoice = await this.own(principal, id);
    const items = allLines(this.db, linesWish(invoice, memberId));
    const pdf = invoicePdf(await documentOf(this.db, invoice), items);
    return streamed(pdf, 'application/pdf', `${invoice.number}.pdf`);
  }

  /** UBL 2.1, as EN 16931 has it. */
  @Get(':id/document.xml')
  @Policy('invoices.read')
  @Header('content-type', 'application/xml')
  @AnswersWith('application/xml')
  async xml(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<StreamableFile> {
    const invoice = await this.own(principal, id);
    const xml = ublOf(await documentOf(this.db, invoice));
    return streamed(Readable.from([xml]), 'application/xml', `${invoice.number}.xml`);
  }

  @Post(':id/credit-notes')
  @Policy('invoices.manage')
  @Idempotent()
  async credit(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: creditNote }) { reason, lines: some }: z.output<typeof creditNote>,
  ) {
    const wish = { invoiceId: id, reason, lines: some ?? ('all' as const), by: principal.accountId };
    const note = orProblem(await this.db.inTx((tx) => creditInvoice(tx, wish)));
    return viewOf(await this.own(principal, note));
  }

  private async own(principal: Principal, id: string): Promise<FoundInvoice> {
    return orProblem(await findInvoice(this.db, await accountScopeOf(this.db, principal), id));
  }
}

const linesWish = ({ id, net }: FoundInvoice, memberId: string | undefined): LinesWish => ({
  invoiceId: id,
  currency: net.currency,
  memberId,
});
