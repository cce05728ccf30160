import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import type { UserRole } from '../../infra/http/policies.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { agentOfAccount, findAgent } from '../agents/agents.service.js';
import { seenOf } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import { findQueueCall, listQueueCalls } from './queue-calls.service.js';
import { notTalking, queueCallUnknown } from './queues.failures.js';
import { findQueue } from './queues.service.js';
import { makeWish } from './wishes.js';

const uuid = z.uuid();
const page = pageQuery(z.tuple([z.iso.datetime(), z.uuid()])).extend({
  queueId: z.uuid().optional(),
  state: z.enum(['waiting', 'ringing', 'talking', 'callback', 'calling-back', 'ended']).optional(),
});
const transfer = z.union([z.strictObject({ queueId: z.uuid() }), z.strictObject({ agentId: z.uuid() })]);
const SEES_ALL: readonly UserRole[] = ['operator', 'support', 'company-admin', 'supervisor'];

/** Visits of callers to queues. */
@Controller('v1/queue-calls')
export class QueueCallsController {
  constructor(private readonly db: Db) {}

  /** The newest first. */
  @Get()
  @Policy('queue-calls.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: page }) query: z.output<typeof page>,
  ) {
    const { limit, cursor, queueId, state } = query;
    const onlyAgent = await this.onlyAgent(principal);
    const filter = { seen: seenByCaller(principal), onlyAgent, queueId, state };
    const found = await listQueueCalls(this.db, filter, cursor, limit + 1);
    return pageOf(found, limit, ({ enteredAt, id }) => [enteredAt.toISOString(), id]);
  }

  @Get(':id')
  @Policy('queue-calls.read')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const onlyAgent = await this.onlyAgent(principal);
    return orProblem(await findQueueCall(this.db, seenByCaller(principal), onlyAgent, id));
  }

  /** Puts the caller through to a queue, or to one agent; whom he talks with is hung up. */
  @Post(':id/transfer')
  @HttpCode(202)
  @Policy('queue-calls.act')
  @Idempotent()
  async transfer(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: transfer }) to: z.output<typeof transfer>,
  ) {
    const onlyAgent = await this.onlyAgent(principal);
    const visit = orProblem(await findQueueCall(this.db, seenByCaller(principal), onlyAgent, id));
    orProblem(visit.state === 'talking' ? ok(undefined) : err(notTalking()));
    const seen = seenOf(visit.companyId);
    const agentId = 'agentId' in to ? orProblem(await findAgent(this.db, seen, to.agentId)).id : null;
    const queueId =
      'queueId' in to ? orProblem(await findQueue(this.db, seen, to.queueId)).id : visit.queueId;
    await makeWish(this.db, { do: 'put-through', queueCallId: id, queueId, agentId });
    return { queueCallId: id, wished: 'transfer', queueId, agentId };
  }

  /** Who is nothing but an agent sees what he had part in; undefined: all of the company's. */
  private async onlyAgent({ roles, accountId }: Principal): Promise<string | undefined> {
    if (roles.some((role) => SEES_ALL.includes(role))) return undefined;
    const agent = await agentOfAccount(this.db, accountId);
    return orProblem(agent === undefined ? err(queueCallUnknown('for this account')) : ok(agent)).id;
  }
}
