import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { orProblem } from '../infra/http/answer.js';
import { type Page, pageOf, pageQuery } from '../infra/http/page.js';
import { Policy } from '../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../infra/http/principal.js';
import { ladderOf } from './call-ladder.js';
import { type CallCursor, type CallScope, CallsQuery } from './calls.query.js';
import type { CallTraceView, CallView } from './calls.views.js';

const cursor = z.tuple([z.iso.datetime(), z.uuid()]);
const callsQuery = pageQuery(cursor).extend({
  memberId: z.uuid().optional(),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});

const traceQuery = z.object({ as: z.enum(['ladder']).optional() });

@Controller('v1/calls')
export class CallsController {
  constructor(private readonly calls: CallsQuery) {}

  /** Calls, newest first; `open=true` those in progress, `memberId` those of one caller. */
  @Get()
  @Policy('calls.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: callsQuery }) query: z.output<typeof callsQuery>,
  ): Promise<Page<CallView>> {
    const { limit, cursor: before, memberId, open } = query;
    const wanted = memberId === undefined ? {} : { memberId };
    const found = await this.calls.list(
      { ...wanted, ...scopeOf(principal), ...(open === undefined ? {} : { open }) },
      limit + 1,
      before,
    );
    return pageOf(found, limit, ({ startedAt, id }): CallCursor => [startedAt.toISOString(), id]);
  }

  @Get(':id')
  @Policy('calls.read')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<CallView> {
    return orProblem(await this.calls.one(id, scopeOf(principal)));
  }

  /** How the number was read and routed, with costs, and what became of each attempt and leg; `as=ladder` draws it as text. */
  @Get(':id/trace')
  @Policy('calls.trace')
  async trace(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: traceQuery }) { as }: z.output<typeof traceQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CallTraceView | string> {
    const trace = orProblem(await this.calls.trace(id));
    if (as === undefined) return trace;
    response.type('text/plain; charset=utf-8');
    return ladderOf(trace);
  }
}

/** Whoever belongs to a company sees the calls of that company only. */
const scopeOf = ({ companyId }: Principal): CallScope => (companyId === null ? {} : { memberId: companyId });
