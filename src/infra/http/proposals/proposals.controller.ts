import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../db/db.js';
import { orProblem } from '../answer.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../page.js';
import { Policy } from '../policy.js';
import { CurrentPrincipal, type Principal } from '../principal.js';
import { type ProposalState, proposalStates } from './proposal-states.js';
import { Proposals, type ProposalView } from './proposals.service.js';

const listed = pageQuery(z.uuid()).extend({
  state: z.enum(Object.keys(proposalStates.moves) as [ProposalState, ...ProposalState[]]).optional(),
});
const id = z.uuid();
const text = z.string().trim().min(1).max(500);
const approval = z.strictObject({ reason: text.optional() });
const rejection = z.strictObject({ reason: text });

/** What waits for a second person. */
@Controller('v1/proposals')
export class ProposalsController {
  constructor(
    private readonly proposals: Proposals,
    private readonly db: Db,
  ) {}

  @Get()
  @Policy('proposals.read')
  async list(
    @Query({ schema: listed }) { limit, cursor, state }: z.output<typeof listed>,
  ): Promise<Page<ProposalView>> {
    return pageOf(await this.proposals.list(state, limit + 1, cursor), limit, ({ id: key }) => key);
  }

  @Get(':id')
  @Policy('proposals.read')
  async find(@Param('id', { schema: id }) of: string): Promise<ProposalView> {
    return orProblem(await this.proposals.find(this.db, of));
  }

  /** Does what was proposed, by somebody else than who proposed it. */
  @Post(':id/approval')
  @HttpCode(200)
  @Policy('proposals.decide')
  @Idempotent()
  async approve(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: approval }) { reason }: z.output<typeof approval>,
  ): Promise<ProposalView> {
    return orProblem(await this.proposals.approve(of, accountId, reason));
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Policy('proposals.decide')
  @Idempotent()
  async reject(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: id }) of: string,
    @Body({ schema: rejection }) { reason }: z.output<typeof rejection>,
  ): Promise<ProposalView> {
    return orProblem(await this.proposals.reject(of, accountId, reason));
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Policy('proposals.withdraw')
  @Idempotent()
  async withdraw(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: id }) of: string,
  ): Promise<ProposalView> {
    return orProblem(await this.proposals.withdraw(of, accountId));
  }
}
