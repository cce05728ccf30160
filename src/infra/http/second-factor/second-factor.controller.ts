import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../config.js';
import { err, type Failure, failure, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import { Attempts } from '../access/attempts.js';
import { LimitedInside } from '../access/limited.js';
import { sourceOf } from '../access/source.js';
import { orProblem } from '../answer.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Policy } from '../policy.js';
import { CurrentPrincipal, type Principal } from '../principal.js';
import { Proposals } from '../proposals/proposals.service.js';
import { codeText, SECOND_FACTOR } from './limits.js';
import { SecondFactors } from './second-factors.service.js';
import { isStaff } from './staff.js';

export const RESET = 'second-factor.reset';

const typed = z.strictObject({ code: codeText });
const because = z.strictObject({ reason: z.string().trim().min(1).max(200) });

/** The authenticator app of one's own account, and how two persons take away one that was lost. */
@Controller('v1')
export class SecondFactorController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly attempts: Attempts,
    private readonly db: Db,
    private readonly proposals: Proposals,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    proposals.register({
      kind: RESET,
      carryOut: async (tx, wish) => {
        const { accountId } = z.object({ accountId: z.uuid() }).parse(wish);
        await factors.remove(tx, accountId);
        await tx.run('DELETE FROM user_session WHERE account_id = $1', [accountId]);
        return { ok: true, value: undefined };
      },
    });
  }

  /** Whether there is one, whether there has to be, and how many recovery codes are left. */
  @Get('me/second-factor')
  @Policy('me.read')
  async find(@CurrentPrincipal() { accountId, roles, withheld }: Principal) {
    const required = this.config.staffSecondFactor && isStaff([...roles, ...withheld]);
    return { ...(await this.factors.standing(accountId)), required, withheld };
  }

  /** A secret for the app: `uri` is what its QR code says. It counts once a code of it is confirmed. */
  @Put('me/second-factor')
  @Policy('second-factor.own')
  async begin(@CurrentPrincipal() { accountId, email }: Principal) {
    return orProblem(await this.factors.begin(accountId, email));
  }

  /** The first code of the app. The answer is the only place where the recovery codes ever stand. */
  @Put('me/second-factor/confirmation')
  @LimitedInside(SECOND_FACTOR)
  @Policy('second-factor.own')
  async confirm(
    @CurrentPrincipal() { accountId, credentialId }: Principal,
    @Body({ schema: typed }) { code }: z.output<typeof typed>,
    @Req() request: Request,
  ) {
    const confirm = () => this.factors.confirm(accountId, credentialId, code);
    return { recoveryCodes: await this.counted(accountId, request, confirm) };
  }

  /** Shows a code once more, for what asks for a fresh one (`step-up.forbidden`). */
  @Put('me/second-factor/proof')
  @LimitedInside(SECOND_FACTOR)
  @HttpCode(204)
  @Policy('second-factor.own')
  async prove(
    @CurrentPrincipal() { accountId, credentialId }: Principal,
    @Body({ schema: typed }) { code }: z.output<typeof typed>,
    @Req() request: Request,
  ): Promise<void> {
    await this.counted(accountId, request, () => this.factors.prove(accountId, credentialId, code));
  }

  /** Ten new ones; the old ones are worth nothing. */
  @Put('me/second-factor/recovery-codes')
  @LimitedInside(SECOND_FACTOR)
  @Policy('second-factor.own')
  async renew(
    @CurrentPrincipal() { accountId }: Principal,
    @Body({ schema: typed }) { code }: z.output<typeof typed>,
    @Req() request: Request,
  ) {
    const renew = () => this.factors.renewRecoveryCodes(accountId, code);
    return { recoveryCodes: await this.counted(accountId, request, renew) };
  }

  /** Another app can be set up then. */
  @Delete('me/second-factor')
  @HttpCode(204)
  @Policy('second-factor.remove')
  async remove(@CurrentPrincipal() { accountId }: Principal): Promise<void> {
    await this.db.inTx((tx) => this.factors.remove(tx, accountId));
  }

  /** For somebody who lost app and recovery codes: proposed by one person, decided by another (docs/two-persons.md). */
  @Post('user-accounts/:id/second-factor-resets')
  @HttpCode(202)
  @Policy('second-factor.reset')
  @Idempotent()
  async reset(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ) {
    if (!(await this.factors.isEnrolled(id))) orProblem(err(nothingToReset()));
    const proposal = await this.db.inTx((tx) =>
      this.proposals.propose(tx, {
        kind: RESET,
        subject: id,
        about: `The authenticator app of account ${id} taken away: ${reason}`,
        wish: { accountId: id },
        proposedBy: principal.accountId,
      }),
    );
    return { proposal: orProblem(proposal) };
  }

  /** Each code is an attempt before it is looked at; a right one clears those before. */
  private async counted<T>(
    accountId: string,
    request: Request,
    show: () => Promise<Result<T, Failure>>,
  ): Promise<T> {
    await this.attempts.orTooMany(SECOND_FACTOR, accountId, request);
    const shown = orProblem(await show());
    await this.attempts.clear(SECOND_FACTOR, accountId, sourceOf(request.ip ?? ''));
    return shown;
  }
}

const nothingToReset = () =>
  failure('second-factor.not-found', 'That account has no authenticator app.', {
    hint: 'check the account id',
  });
