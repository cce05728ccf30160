import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import type { UserRole } from '../../infra/http/policies.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { type ChangedAgent, changedAgent, type NewAgent, newAgent } from '../queues/queue.fields.js';
import { agentUnknown, deviceInvalid } from '../queues/queues.failures.js';
import { makeWish } from '../queues/wishes.js';
import { seenByCaller } from '../signed-in.js';
import {
  AGENTS,
  type AgentView,
  addAgent,
  agentOfAccount,
  changeAgent,
  findAgent,
  listAgents,
} from './agents.service.js';

const uuid = z.uuid();
const page = pageQuery(z.uuid());
/** SIP user name of one of his telephones. */
const logIn = z.strictObject({ device: z.string().min(1).max(64).optional() });
const pause = z.strictObject({ reason: z.string().trim().min(1).max(40).default('break') });

const LEADERS: readonly UserRole[] = ['operator', 'company-admin', 'supervisor'];

/** Agents, and what they do now. Wishes are done by the exchange that rings them: look, or listen, for what became of them. */
@Controller('v1/agents')
export class AgentsController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('agents.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: page }) query: z.output<typeof page>,
  ) {
    const { limit, cursor } = query;
    const found = await listAgents(this.db, seenByCaller(principal), cursor, limit + 1);
    return pageOf(found, limit, ({ id }) => id);
  }

  /** The agent that I am. */
  @Get('me')
  @Policy('agents.act')
  async me(@CurrentPrincipal() { accountId }: Principal) {
    const agent = await agentOfAccount(this.db, accountId);
    return orProblem(agent === undefined ? err(agentUnknown('for this account')) : ok(agent));
  }

  @Get(':id')
  @Policy('agents.read')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    return orProblem(await findAgent(this.db, seenByCaller(principal), id));
  }

  @Post()
  @Policy('agents.manage')
  @Idempotent()
  async add(@CurrentPrincipal() principal: Principal, @Body({ schema: newAgent }) wanted: NewAgent) {
    return orProblem(await addAgent(this.db, seenByCaller(principal), wanted));
  }

  @Patch(':id')
  @Policy('agents.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changedAgent }) changes: ChangedAgent,
  ) {
    return orProblem(await changeAgent(this.db, seenByCaller(principal), id, changes));
  }

  /** What he talked stays, without his name. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('agents.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(await findAgent(this.db, seenByCaller(principal), id));
    await AGENTS.delete(this.db, { id });
  }

  /** At the telephone named, of his member or a browser where he is signed in; else at his member's first. */
  @Post(':id/log-in')
  @HttpCode(202)
  @Policy('agents.act')
  @Idempotent()
  async logIn(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: logIn }) { device: wanted }: z.output<typeof logIn>,
  ) {
    const agent = await this.own(principal, id);
    const [phone] = await this.db.rows<{ username: string }>(
      `SELECT username FROM device d WHERE enabled AND ($2::text IS NULL OR username = $2)
          AND (member_id = $1 OR ($2 IS NOT NULL AND EXISTS (
               SELECT FROM browser_phone b JOIN user_session s ON s.id = b.session_id
                WHERE b.device_id = d.id AND s.account_id = $3)))
        ORDER BY created_at, username LIMIT 1`,
      [agent.memberId, wanted ?? null, agent.accountId],
    );
    const { username: device } = orProblem(phone === undefined ? err(deviceInvalid()) : ok(phone));
    await makeWish(this.db, { do: 'log-in', agentId: id, device });
    return { agentId: id, wished: 'log-in', device };
  }

  @Post(':id/log-out')
  @HttpCode(202)
  @Policy('agents.act')
  @Idempotent()
  async logOut(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    await this.own(principal, id);
    await makeWish(this.db, { do: 'log-out', agentId: id });
    return { agentId: id, wished: 'log-out' };
  }

  @Post(':id/pause')
  @HttpCode(202)
  @Policy('agents.act')
  @Idempotent()
  async pause(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: pause }) { reason }: z.output<typeof pause>,
  ) {
    await this.own(principal, id);
    await makeWish(this.db, { do: 'pause', agentId: id, reason });
    return { agentId: id, wished: 'pause', reason };
  }

  @Post(':id/resume')
  @HttpCode(202)
  @Policy('agents.act')
  @Idempotent()
  async resume(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    await this.own(principal, id);
    await makeWish(this.db, { do: 'resume', agentId: id });
    return { agentId: id, wished: 'resume' };
  }

  /** Himself; his company's supervisors and administrators, and operators, anybody whom they see. */
  private async own(principal: Principal, id: string): Promise<AgentView> {
    const agent = orProblem(await findAgent(this.db, seenByCaller(principal), id));
    const leads = principal.roles.some((role) => LEADERS.includes(role));
    const his = leads || agent.accountId === principal.accountId;
    return orProblem(his ? ok(agent) : err(agentUnknown(id)));
  }
}
