import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, type Result } from '../../kernel/result.js';
import { because, e164, line, perhapsBecause, reason } from '../requests.js';
import { contractUnknown } from '../sales.failures.js';
import { contractView, listContracts, lockContract, ownsContract } from './contracts.rows.js';
import { endContract, resumeContract } from './ending.service.js';
import { acceptTransfer, listTransfers, offerNumber, refuseTransfer } from './transfers.service.js';

const list = pageQuery(z.uuid());
const id = z.uuid();
const offer = z.strictObject({ to: z.email().max(254), reason });
const acceptance = z.strictObject({
  holder: z.strictObject({
    name: line,
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
      .max(35),
  }),
  contact: e164.nullable().default(null),
});

/** What an owner does with his numbers: keeps them, gives them up, passes them on. */
@Controller('v1')
export class ContractsController {
  constructor(private readonly db: Db) {}

  @Get('number-contracts')
  @Policy('shop.buy')
  async list(
    @CurrentPrincipal() { accountId, companyId, roles }: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const whose = { accountId, companyId: roles.includes('company-admin') ? companyId : null };
    const found = await listContracts(this.db, whose, { before: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (one) => one.id);
    return { ...page, items: page.items.map(contractView) };
  }

  @Post('number-contracts/:id/ending')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: perhapsBecause }) { reason: why }: z.output<typeof perhapsBecause>,
  ) {
    const deed = { by: principal.accountId, reason: why ?? 'the owner gives it up' };
    return contractView(orProblem(await this.own(principal, of, (tx) => endContract(tx, of, deed))));
  }

  @Post('number-contracts/:id/resumption')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  async resume(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    const by = principal.accountId;
    return contractView(orProblem(await this.own(principal, of, (tx) => resumeContract(tx, of, by))));
  }

  @Post('number-contracts/:id/transfers')
  @HttpCode(202)
  @Policy('shop.buy')
  @Idempotent()
  async offer(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: offer }) wish: z.output<typeof offer>,
  ): Promise<void> {
    const by = principal.accountId;
    orProblem(await this.own(principal, of, (tx) => offerNumber(tx, of, { ...wish, by })));
  }

  @Get('number-transfers')
  @Policy('shop.buy')
  async transfers(
    @CurrentPrincipal() { accountId, email }: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const found = await listTransfers(this.db, { accountId, email }, { before: cursor, limit: limit + 1 });
    const page = pageOf(found, limit, (one) => one.id);
    const items = page.items.map(({ fromAccount, toEmail, ...one }) => ({
      ...one,
      ...(fromAccount === accountId ? { mine: 'offered', to: toEmail } : { mine: 'asked', to: null }),
    }));
    return { ...page, items };
  }

  @Post('number-transfers/:id/acceptance')
  @HttpCode(200)
  @Policy('shop.buy')
  @Idempotent()
  async accept(
    @CurrentPrincipal() { accountId, email }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: acceptance }) { holder, contact }: z.output<typeof acceptance>,
  ) {
    return orProblem(
      await this.db.inTx((tx) => acceptTransfer(tx, of, { ...holder, contact, by: { accountId, email } })),
    );
  }

  @Post('number-transfers/:id/refusal')
  @HttpCode(204)
  @Policy('shop.buy')
  @Idempotent()
  async refuse(
    @CurrentPrincipal() { accountId, email }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: because }) { reason: why }: z.output<typeof because>,
  ): Promise<void> {
    orProblem(await this.db.inTx((tx) => refuseTransfer(tx, of, { by: { accountId, email }, reason: why })));
  }

  /** Of one's own only; any other is unknown. */
  private own<T>(principal: Principal, of: string, work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
    return this.db.inTx(async (tx) => {
      const contract = await lockContract(tx, of);
      if (!contract.ok) return contract;
      return ownsContract(principal, contract.value) ? work(tx) : err(contractUnknown());
    });
  }
}
