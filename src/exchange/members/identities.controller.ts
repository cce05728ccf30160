import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import type { Tx } from '../../infra/db/tx.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { parsedOr400 } from '../../infra/http/validation.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import {
  CONTACT_NUMBERS,
  identitySubject,
  ownMember,
  ProofSettlement,
  stepsThatName,
} from '../../membership/index.js';
import { CARRIERS } from '../carriers/carriers.rows.js';
import { uuidCursor } from '../fields.js';
import { unknown } from '../network/network.failures.js';
import {
  type AnyClaim,
  type IdentityKind,
  type IdentityKindName,
  identityKind,
  identityKinds,
} from './identity-kinds.js';
import { inUse, notFound, taken, tooMany } from './members.failures.js';

/** Enough for anybody; more is somebody filling our tables. */
const MOST_CLAIMS = 50;

const uuid = z.uuid();
const listQuery = pageQuery(uuidCursor);
const anything = z.record(z.string(), z.unknown());
const relabelled = z.strictObject({ label: z.string().trim().max(100) });
const verification = z.strictObject({ verified: z.boolean() });

/**
 * By what else a member is known: `contact-numbers` (telephones of other networks), `carrier-numbers` (at other VoIP
 * companies), `emails`, `domains`. A claim counts for calls once it is verified, and only one member's can be.
 */
@Controller('v1/members/:memberId')
export class IdentitiesController {
  constructor(
    private readonly db: Db,
    private readonly settlement: ProofSettlement,
  ) {}

  @Get(':kind')
  @Policy('identities.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('kind', { schema: identityKind }) kind: IdentityKindName,
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ) {
    await ownMember(this.db, principal, memberId);
    const { rows }: IdentityKind = identityKinds[kind];
    return pageOf(await rows.page(this.db, { memberId }, cursor, limit + 1), limit, ({ id }) => [id]);
  }

  @Post(':kind')
  @Policy('identities.manage')
  @Idempotent()
  async claim(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('kind', { schema: identityKind }) kind: IdentityKindName,
    @Body({ schema: anything }) given: z.output<typeof anything>,
  ): Promise<AnyClaim> {
    await ownMember(this.db, principal, memberId);
    const { rows, what, claim }: IdentityKind = identityKinds[kind];
    const wanted = parsedOr400(claim, given);
    await this.knownCarrier(wanted);
    const before = await rows.page(this.db, { memberId }, undefined, MOST_CLAIMS);
    if (before.length === MOST_CLAIMS) orProblem(err(tooMany(what)));
    const made = await rows.insert(this.db, { id: newId(), memberId, ...wanted });
    return orProblem(made === undefined ? err(taken(`This ${what}`)) : ok(made));
  }

  @Patch('contact-numbers/:id')
  @Policy('identities.manage')
  async relabel(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: relabelled }) { label }: z.output<typeof relabelled>,
  ) {
    await ownMember(this.db, principal, memberId);
    const changed = await CONTACT_NUMBERS.update(this.db, { id, memberId }, { label });
    return orProblem(changed === undefined ? err(notFound('contact number')) : ok(changed));
  }

  /** That the member proved it (a mailed code, a DNS record, a call), or that it does not count any more. */
  @Put(':kind/:id/verification')
  @Policy('identities.verify')
  async verify(
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('kind', { schema: identityKind }) kind: IdentityKindName,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: verification }) { verified }: z.output<typeof verification>,
  ): Promise<AnyClaim> {
    const { rows, what }: IdentityKind = identityKinds[kind];
    const changed = await unlessRefused({ '23505': taken(`A proof of this ${what} by another member`) }, () =>
      this.db.inTx(async (tx) => {
        const users = verified ? [] : await stepsThatName(tx, memberId, id);
        if (users.length > 0) return err(inUse(what, users));
        if (!verified) await this.drop(tx, kind, { id, memberId });
        const row = await rows.update(tx, { id, memberId }, { verifiedAt: verified ? new Date() : null });
        return row === undefined ? err(notFound(what)) : ok(row);
      }),
    );
    return orProblem(changed);
  }

  @Delete(':kind/:id')
  @HttpCode(204)
  @Policy('identities.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Param('kind', { schema: identityKind }) kind: IdentityKindName,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    await ownMember(this.db, principal, memberId);
    const { rows, what }: IdentityKind = identityKinds[kind];
    const removed = await unlessRefused({ '23503': inUse(what, ['the find-me order']) }, () =>
      this.db.inTx(async (tx) => {
        const users = await stepsThatName(tx, memberId, id);
        if (users.length > 0) return err(inUse(what, users));
        await this.drop(tx, kind, { id, memberId });
        return (await rows.delete(tx, { id, memberId })) === 1 ? ok(undefined) : err(notFound(what));
      }),
    );
    orProblem(removed);
  }

  /** What was proved of a claim ends with it; whoever contested it has it then. */
  private async drop(tx: Tx, kind: IdentityKindName, where: { id: string; memberId: string }): Promise<void> {
    const claimed = await identitySubject(tx, kind, where);
    if (claimed !== undefined) await this.settlement.dropClaim(tx, claimed);
  }

  private async knownCarrier({ carrierId }: Readonly<Record<string, unknown>>): Promise<void> {
    if (typeof carrierId !== 'string') return;
    const carrier = await CARRIERS.one(this.db, { id: carrierId });
    orProblem(carrier === undefined ? err(unknown('carrier', carrierId)) : ok(carrier));
  }
}
