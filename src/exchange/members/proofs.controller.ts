import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { type AttemptLimit, Attempts } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import {
  identitySubject,
  MOST_ATTEMPTS,
  mailedCode,
  ownMember,
  type Proof,
  Proofs,
  proofOf,
  proofsOf,
  proofUnknown,
  proofView,
  type Subject,
  spokenCode,
  TYPED_TODAY,
  telephoneSubject,
} from '../../membership/index.js';
import { e164, uuidCursor } from '../fields.js';
import { CallOrders } from '../orders/call-orders.js';
import { type IdentityKindName, identityKind, identityKinds } from './identity-kinds.js';
import { notFound } from './members.failures.js';
import { callOfProof, speakCode } from './proof-call.js';

const uuid = z.uuid();
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag: ko, en, pt-BR')
  .max(35);
const wanted = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('telephone'), subject: e164, language: language.optional() }),
  z.strictObject({
    kind: z.literal('identity'),
    memberId: uuid,
    identity: identityKind,
    id: uuid,
    language: language.optional(),
  }),
]);
type Wanted = z.output<typeof wanted>;
/** A code where one was sent; without one the DNS is looked at. */
const attempt = z.strictObject({
  code: z
    .union(
      [spokenCode, mailedCode],
      'must be the six digits of the call, or the eight characters of the mail',
    )
    .optional(),
});
const listQuery = pageQuery(uuidCursor);

/** Calls and mails to one address, and by one place: nobody may use us to ring or write to strangers. */
const ASKED: AttemptLimit = { purpose: 'proof', minutes: 60, both: 6, source: 30, subject: 10 };
const TRIED: AttemptLimit = { purpose: 'code', minutes: 15, both: 20, source: 60, subject: 60 };

/** Proving control of a telephone, of another company's number, an e-mail address or a domain: each account its own. */
@Controller('v1/proofs')
export class ProofsController {
  constructor(
    private readonly db: Db,
    private readonly proofs: Proofs,
    private readonly orders: CallOrders,
    private readonly attempts: Attempts,
  ) {}

  @Post()
  @LimitedInside(ASKED)
  @Policy('proofs.make')
  @Idempotent()
  async begin(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: wanted }) body: Wanted,
    @Req() request: Request,
  ) {
    const subject = await this.subjectOf(principal, body);
    await this.attempts.orTooMany(ASKED, `${subject.space} ${subject.subject}`, request);
    const spokenIn = body.language ?? (await this.languageOf(principal));
    const proof = await this.db.inTx(async (tx) => {
      const orderId = subject.method === 'call' ? newId() : undefined;
      const begun = await this.proofs.begin(tx, principal.accountId, spokenIn, subject, orderId);
      if (orderId !== undefined && begun.spoken !== undefined)
        await speakCode(this.orders, tx, orderId, begun.proof, begun.spoken);
      return begun.proof;
    });
    return this.viewOf(proof);
  }

  @Get()
  @Policy('proofs.make')
  async list(
    @CurrentPrincipal() { accountId }: Principal,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    const page = pageOf(await proofsOf(this.db, accountId, limit + 1, cursor?.[0]), limit, ({ id }) => [id]);
    return { ...page, items: await Promise.all(page.items.map((proof) => this.viewOf(proof))) };
  }

  @Get(':id')
  @Policy('proofs.make')
  async one(@CurrentPrincipal() { accountId }: Principal, @Param('id', { schema: uuid }) id: string) {
    const proof = await proofOf(this.db, accountId, id);
    return this.viewOf(orProblem(proof === undefined ? err(proofUnknown) : ok(proof)));
  }

  /** Calls or mails again, with a new code. */
  @Post(':id/code')
  @LimitedInside(ASKED)
  @HttpCode(202)
  @Policy('proofs.make')
  @Idempotent()
  async again(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Req() request: Request,
  ) {
    const before = await proofOf(this.db, accountId, id);
    if (before !== undefined)
      await this.attempts.orTooMany(ASKED, `${before.space} ${before.subject}`, request);
    const sent = await this.db.inTx(async (tx) => {
      const orderId = before?.method === 'call' ? newId() : undefined;
      const again = await this.proofs.again(tx, accountId, id, orderId);
      if (!again.ok) return again;
      const { proof, spoken } = again.value;
      if (orderId !== undefined && spoken !== undefined)
        await speakCode(this.orders, tx, orderId, proof, spoken);
      return ok(proof);
    });
    return this.viewOf(orProblem(sent));
  }

  /** The code typed back, or: look at the DNS now. */
  @Post(':id/attempts')
  @LimitedInside(TRIED, TYPED_TODAY)
  @HttpCode(200)
  @Policy('proofs.make')
  @Idempotent()
  async attempt(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: attempt }) { code }: z.output<typeof attempt>,
    @Req() request: Request,
  ) {
    await this.attempts.orTooMany(TRIED, id, request);
    const before = await proofOf(this.db, accountId, id);
    const of = before === undefined ? id : `${before.space} ${before.subject}`;
    await this.attempts.orTooMany(TYPED_TODAY, of, request);
    const tried =
      code === undefined
        ? await this.proofs.looked(accountId, id)
        : await this.proofs.typed(accountId, id, code);
    return this.viewOf(orProblem(tried));
  }

  /** Gives up what waits, lets go of what is proved. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('proofs.make')
  async giveUp(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(await this.proofs.giveUp(accountId, id));
  }

  private async subjectOf(principal: Principal, body: Wanted): Promise<Subject> {
    if (body.kind === 'telephone') return telephoneSubject(body.subject);
    await ownMember(this.db, principal, body.memberId);
    const identity: IdentityKindName = body.identity;
    const found = await identitySubject(this.db, identity, { id: body.id, memberId: body.memberId });
    return orProblem(found === undefined ? err(notFound(identityKinds[identity].what)) : ok(found));
  }

  private async languageOf({ accountId }: Principal): Promise<string> {
    const [account] = await this.db.rows<{ language: string }>(
      'SELECT language FROM user_account WHERE id = $1',
      [accountId],
    );
    return account?.language ?? 'en';
  }

  private async viewOf(proof: Proof) {
    return { ...proofView(proof, MOST_ATTEMPTS), call: await callOfProof(this.db, proof) };
  }
}
