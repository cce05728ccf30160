import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { CallOrders, superviseModes } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import { agentSilent } from '../queues/queues.failures.js';
import { seenByCaller } from '../signed-in.js';
import { findAgent } from './agents.service.js';
import { supervisorsPhone } from './supervision.js';

const uuid = z.uuid();
const wanted = z.strictObject({
  mode: z.enum(superviseModes),
  /** SIP user name of one of his own telephones. */
  device: z.string().min(1).max(64).optional(),
});

/** Whoever presses the button sits before his telephone. */
const PATIENCE_MS = 60_000;

/** A supervisor's own telephone is rung, and when he answers he hears an agent's talk. */
@Controller('v1/agents/:id/supervisions')
export class SupervisionController {
  constructor(
    private readonly db: Db,
    private readonly orders: CallOrders,
  ) {}

  @Post()
  @Policy('agents.supervise')
  @Idempotent()
  async supervise(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: wanted }) { mode, device }: z.output<typeof wanted>,
  ) {
    const agent = orProblem(await findAgent(this.db, seenByCaller(principal), id));
    const phone = orProblem(await supervisorsPhone(this.db, principal.accountId, agent, device));
    orProblem(agent.state === 'talking' ? ok(agent) : err(agentSilent()));
    const { memberId, deviceId, language } = phone;
    const orderId = newId();
    await this.db.inTx((tx) =>
      this.orders.place(tx, {
        orderId,
        purpose: 'supervise',
        account: { kind: 'member', memberId },
        ring: { kind: 'device', deviceId },
        ringSeconds: 30,
        display: agent.name.slice(0, 60),
        language,
        onAnswer: { do: 'service', service: 'supervise', mode, agent: agent.number },
        expiresAt: new Date(Date.now() + PATIENCE_MS).toISOString(),
      }),
    );
    return { orderId, agentId: id, mode };
  }
}
