import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import { hashOf, newToken } from '../access/tokens.js';
import { ApiKey } from '../entities/api-key.js';
import { type Page, pageOf } from '../page.js';
import type { UserRole } from '../policies.js';
import type { Principal } from '../principal.js';

export type ApiKeyFailure = Failure<'api-key.forbidden' | 'api-key.not-found' | 'api-key.too-many'>;

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly roles: readonly UserRole[];
  /** Lines of the policy table, or `<area>.*`; null: all that its roles may. */
  readonly scopes: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}
export interface NewApiKey {
  readonly name: string;
  readonly roles: readonly UserRole[];
  readonly scopes?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
}

const MOST_KEYS = 50;
const PREFIX_LENGTH = 11;

/** An account's own API keys: nobody sees another's. */
@Injectable()
export class ApiKeys {
  constructor(private readonly db: Db) {}

  /** Makes a key; `secret` is shown now and never again. */
  create(
    principal: Principal,
    wanted: NewApiKey,
  ): Promise<Result<ApiKeyView & { readonly secret: string }, ApiKeyFailure>> {
    const secret = `ak_${newToken()}`;
    return this.db.inTx(async ({ manager }) => {
      if (!wanted.roles.every((role) => principal.roles.includes(role))) return err(notYours);
      if ((await manager.countBy(ApiKey, { accountId: principal.accountId })) >= MOST_KEYS)
        return err(tooMany);
      const key = manager.create(ApiKey, {
        id: newId(),
        accountId: principal.accountId,
        name: wanted.name,
        prefix: secret.slice(0, PREFIX_LENGTH),
        keyHash: hashOf(secret),
        roles: [...wanted.roles],
        scopes: wanted.scopes === undefined ? null : [...wanted.scopes],
        expiresAt: wanted.expiresAt ?? null,
        lastUsedAt: null,
      });
      await manager.insert(ApiKey, key);
      return ok({ ...viewOf(key), secret });
    });
  }

  /** Newest first; `before` is the id that the previous page ended with. */
  async list(principal: Principal, limit: number, before: string | undefined): Promise<Page<ApiKeyView>> {
    const query = this.db.dataSource.manager
      .createQueryBuilder(ApiKey, 'key')
      .where('key.accountId = :account', { account: principal.accountId })
      .orderBy('key.id', 'DESC')
      .limit(limit + 1);
    if (before !== undefined) query.andWhere('key.id < :before', { before });
    return pageOf((await query.getMany()).map(viewOf), limit, (key) => key.id);
  }

  /** Ends a key at once. */
  async revoke(principal: Principal, id: string): Promise<Result<void, ApiKeyFailure>> {
    const { accountId } = principal;
    const { affected } = await this.db.inTx(({ manager }) => manager.delete(ApiKey, { id, accountId }));
    return affected === 1 ? ok(undefined) : err(notFound);
  }
}

const viewOf = (key: ApiKey): ApiKeyView => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  roles: key.roles,
  scopes: key.scopes,
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});

const notYours = failure('api-key.forbidden', 'A key cannot have a role that you do not have.', {
  hint: 'GET /v1/me lists your roles',
});
const notFound = failure('api-key.not-found', 'You have no such API key.', {
  hint: 'GET /v1/api-keys lists yours',
});
const tooMany = failure('api-key.too-many', `You have ${MOST_KEYS} API keys already.`, {
  hint: 'delete those you no longer use',
});
