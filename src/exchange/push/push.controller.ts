import { Body, Controller, Delete, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok } from '../../kernel/result.js';
import { memberOf } from '../phone/phone.failures.js';
import { isPushService } from './domain/push-service.js';

const endpoint = z.url().max(1_000);
const subscription = z.strictObject({
  endpoint,
  keys: z.strictObject({
    p256dh: z.string().regex(/^[\w-]{87}=?$/),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
});
const gone = z.strictObject({ endpoint });
const MOST = 10;

/** Browsers that are told of calls while no page is open. */
@Controller('v1/phone')
export class PushController {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** For `PushManager.subscribe()`; null where nothing is pushed. */
  @Get('push')
  @Policy('phone.use')
  key() {
    return { publicKey: this.config.webPush?.publicKey ?? null };
  }

  @Put('push')
  @HttpCode(204)
  @Policy('phone.use')
  async add(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: subscription }) { endpoint: where, keys }: z.output<typeof subscription>,
  ): Promise<void> {
    const memberId = orProblem(memberOf(principal));
    orProblem(isPushService(where, this.config.webPush?.services) ? ok(undefined) : err(noService));
    const { accountId } = principal;
    await this.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM user_account WHERE id = $1 FOR UPDATE', [accountId]);
      // Of a browser that somebody else used before: it is his now.
      await tx.run('DELETE FROM push_subscription WHERE endpoint = $1', [where]);
      await tx.run(
        `DELETE FROM push_subscription WHERE id IN (SELECT id FROM push_subscription WHERE account_id = $1
          ORDER BY created_at DESC, id DESC OFFSET $2)`,
        [accountId, MOST - 1],
      );
      await tx.run(
        'INSERT INTO push_subscription (id, account_id, member_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4, $5, $6)',
        [newId(), accountId, memberId, where, keys.p256dh, keys.auth],
      );
    });
  }

  @Delete('push')
  @HttpCode(204)
  @Policy('phone.use')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: gone }) { endpoint: where }: z.output<typeof gone>,
  ): Promise<void> {
    await this.db.run('DELETE FROM push_subscription WHERE endpoint = $1 AND account_id = $2', [
      where,
      principal.accountId,
    ]);
  }
}

const noService = failure('push.mismatch', 'That is no push service that we know.', {
  hint: 'subscribe with a current Chrome, Edge, Firefox or Safari',
});
