import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { parsedOr400 } from '../../infra/http/validation.js';
import { KeyRing } from '../../infra/sealing/key-ring.js';
import { err, failure } from '../../kernel/result.js';
import { masked } from '../domain/masked.js';
import { memberUnknown, ownMember } from '../own-member.js';
import { companyData, personData } from './personal-data.fields.js';
import { keepPersonalData, noteReading, personalDataOf } from './personal-data.store.js';

const uuid = z.uuid();
const anything = z.record(z.string(), z.unknown());

/** What identifies a member beyond his name: encrypted in the database, in the clear only for himself, and for the operator, who is written down. */
@Controller('v1/members/:memberId/personal-data')
export class PersonalDataController {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
  ) {}

  @Get()
  @Policy('personal-data.read')
  async read(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    const member = await ownMember(this.db, principal, memberId);
    response.set('cache-control', 'no-store');
    const { roles, companyId, memberId: himself } = principal;
    const own = himself === memberId || (member.kind === 'company' && roles.includes('company-admin'));
    const data = await personalDataOf(this.db, this.keys, member);
    if (own) return data;
    if (companyId !== null || !roles.includes('operator')) return masked({ ...data });
    await noteReading(this.db, memberId, principal.accountId);
    return data;
  }

  @Put()
  @Policy('personal-data.manage')
  async keep(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: uuid }) memberId: string,
    @Body({ schema: anything }) given: z.output<typeof anything>,
  ) {
    const member = await ownMember(this.db, principal, memberId);
    if (member.status === 'erased') orProblem(err(erased));
    // What identifies a person is that person's own, also where a company looks after his telephones.
    if (member.kind === 'person' && principal.memberId !== memberId) orProblem(err(memberUnknown(memberId)));
    const data = parsedOr400<object>(member.kind === 'person' ? personData : companyData, given);
    return this.db.inTx((tx) => keepPersonalData(tx, this.keys, member, data));
  }
}

const erased = failure('member.gone', 'This member is erased.', {
  hint: 'nothing is kept of him but what the law requires',
});
