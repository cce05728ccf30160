import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { orProblem } from '../answer.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { type Page, pageQuery } from '../page.js';
import { userRoles } from '../policies.js';
import { Policy } from '../policy.js';
import { CurrentPrincipal, type Principal } from '../principal.js';
import { scopes } from '../scopes.js';
import { ApiKeys, type ApiKeyView } from './api-keys.service.js';

const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  roles: z.array(z.enum(userRoles)).min(1).max(userRoles.length),
  /** What it may do of what its roles may; without it: all of that. */
  scopes: z.array(z.enum(scopes)).min(1).max(100).optional(),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .refine((at) => at.getTime() > Date.now(), 'must be in the future')
    .optional(),
});
const keysQuery = pageQuery(z.uuid());

@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  /** The answer holds the key itself, this once. */
  @Post()
  @Policy('api-keys.manage')
  @Idempotent()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newApiKey }) wanted: z.output<typeof newApiKey>,
  ) {
    return orProblem(await this.keys.create(principal, wanted));
  }

  @Get()
  @Policy('api-keys.read')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: keysQuery }) { limit, cursor }: z.output<typeof keysQuery>,
  ): Promise<Page<ApiKeyView>> {
    return this.keys.list(principal, limit, cursor);
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('api-keys.manage')
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    orProblem(await this.keys.revoke(principal, id));
  }
}
