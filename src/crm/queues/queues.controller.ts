import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { findAgent } from '../agents/agents.service.js';
import { seenOf } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import { type ChangedQueue, changedQueue, country, type NewQueue, newQueue } from './queue.fields.js';
import { liveOf } from './queue-live.js';
import { overviewOf } from './queue-overview.js';
import {
  addQueue,
  changeQueue,
  findQueue,
  listQueues,
  numbersOf,
  pointNumber,
  QUEUES,
  unpointNumber,
} from './queues.service.js';

const uuid = z.uuid();
const page = pageQuery(z.uuid());
/** `62006200#` (`%23` in a path) or `0262006200082`. */
const numberKey = z
  .string()
  .regex(/^[0-9]{3,20}#?$/, "must be a number's key: digits, for companies with # at the end");
const where = z.strictObject({ region: country.optional() });

/** Queues: a company's own for its people, all for operators. */
@Controller('v1/queues')
export class QueuesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('queues.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: page }) query: z.output<typeof page>,
  ) {
    const { limit, cursor } = query;
    const found = await listQueues(this.db, seenByCaller(principal), cursor, limit + 1);
    return pageOf(found, limit, ({ id }) => id);
  }

  /** All of one's queues at this moment: who waits where, what agents do, how many are served in time. */
  @Get('live')
  @Policy('queues.read')
  async overview(@CurrentPrincipal() principal: Principal) {
    return overviewOf(this.db, seenByCaller(principal));
  }

  @Get(':id')
  @Policy('queues.read')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const queue = orProblem(await findQueue(this.db, seenByCaller(principal), id));
    const members = await this.db.rows<{ agentId: string }>(
      'SELECT agent_id AS "agentId" FROM queue_member WHERE queue_id = $1 ORDER BY agent_id LIMIT 10000',
      [id],
    );
    return { ...queue, agents: members.map(({ agentId }) => agentId), numbers: await numbersOf(this.db, id) };
  }

  /** Who waits, and who could take them: as it was saved a moment ago. */
  @Get(':id/live')
  @Policy('queues.read')
  async live(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const queue = orProblem(await findQueue(this.db, seenByCaller(principal), id));
    return liveOf(this.db, queue.id);
  }

  @Post()
  @Policy('queues.manage')
  @Idempotent()
  async add(@CurrentPrincipal() principal: Principal, @Body({ schema: newQueue }) wanted: NewQueue) {
    return orProblem(await addQueue(this.db, seenByCaller(principal), wanted));
  }

  @Patch(':id')
  @Policy('queues.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changedQueue }) changes: ChangedQueue,
  ) {
    return orProblem(await changeQueue(this.db, seenByCaller(principal), id, changes));
  }

  /** With all that is known of its callers. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('queues.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(await findQueue(this.db, seenByCaller(principal), id));
    await QUEUES.delete(this.db, { id });
  }

  @Put(':id/members/:agentId')
  @HttpCode(204)
  @Policy('queues.manage')
  async join(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Param('agentId', { schema: uuid }) agentId: string,
  ): Promise<void> {
    const queue = orProblem(await findQueue(this.db, seenByCaller(principal), id));
    orProblem(await findAgent(this.db, seenOf(queue.companyId), agentId));
    await this.db.run('INSERT INTO queue_member VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, agentId]);
  }

  @Delete(':id/members/:agentId')
  @HttpCode(204)
  @Policy('queues.manage')
  async leave(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Param('agentId', { schema: uuid }) agentId: string,
  ): Promise<void> {
    orProblem(await findQueue(this.db, seenByCaller(principal), id));
    await this.db.run('DELETE FROM queue_member WHERE queue_id = $1 AND agent_id = $2', [id, agentId]);
  }

  @Put(':id/numbers/:key')
  @HttpCode(204)
  @Policy('queues.manage')
  async point(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Param('key', { schema: numberKey }) key: string,
    @Query({ schema: where }) { region }: z.output<typeof where>,
  ): Promise<void> {
    const queue = orProblem(await findQueue(this.db, seenByCaller(principal), id));
    orProblem(await pointNumber(this.db, queue, key, region));
  }

  @Delete(':id/numbers/:key')
  @HttpCode(204)
  @Policy('queues.manage')
  async unpoint(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Param('key', { schema: numberKey }) key: string,
    @Query({ schema: where }) { region }: z.output<typeof where>,
  ): Promise<void> {
    const queue = orProblem(await findQueue(this.db, seenByCaller(principal), id));
    orProblem(await unpointNumber(this.db, queue, key, region));
  }
}
