import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { wishFor } from './operator-wishes.js';
import { registrationUnknown } from './operators.failures.js';
import { houseOnly, reason } from './operators.fields.js';
import { type RegistrationCursor, type RegistrationView, registrations } from './registrations.query.js';

const text = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
const listQuery = pageQuery(z.tuple([text, text, text])).extend({
  search: text.trim().min(1).max(100).optional(),
});
const ending = z.strictObject({ node: text.min(1), contact: text.min(1), reason });

/** Phones that are registered now, on every node; pages hear of changes by the topic `registrations`. */
@Controller('v1/registrations')
export class RegistrationsController {
  constructor(private readonly db: Db) {}

  /** By account; `search` is the beginning of an account, a member's name, or an address. */
  @Get()
  @Policy('registrations.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: listQuery }) { limit, cursor, search }: z.output<typeof listQuery>,
  ): Promise<Page<RegistrationView>> {
    houseOnly(principal);
    const found = await registrations(this.db, search, limit + 1, cursor);
    return pageOf(
      found,
      limit,
      ({ username, contact, node }): RegistrationCursor => [username, contact, node],
    );
  }

  /** The phone is not rung until it registers again, as it may; calls that go on are not touched. To keep it away, disable the device. */
  @Post('end')
  @HttpCode(202)
  @Policy('registrations.end')
  @Idempotent()
  async end(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: ending }) { node, contact, reason: because }: z.output<typeof ending>,
  ): Promise<{ readonly wishId: string }> {
    houseOnly(principal);
    const wishId = await this.db.inTx(async (tx) => {
      const there = await tx.rows('SELECT FROM registration WHERE node = $1 AND contact = $2', [
        node,
        contact,
      ]);
      orProblem(there.length === 0 ? err(registrationUnknown(contact)) : ok(undefined));
      return wishFor(this.db, tx, {
        kind: 'end-registration',
        contact,
        node,
        accountId: principal.accountId,
        reason: because,
      });
    });
    return { wishId };
  }
}
