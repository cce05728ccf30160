import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { Db } from '../../db/db.js';
import { seal, unseal } from './sealed.js';

export interface StoredAnswer {
  readonly status: number;
  readonly location?: string | undefined;
  readonly body: unknown;
}
/** What is known about a key when a request comes with it. */
export type Claim =
  | { readonly kind: 'first' }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'outcome-unknown' }
  | { readonly kind: 'other-request' };

/** Longer than any request takes: after that, whoever had the key is dead, and what it did is unknown. */
const REQUEST_SECONDS = 60;

/** One row per account and key, taken before the work begins: of two requests at once exactly one is the first. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async claim(accountId: string, key: string, requestHash: Buffer): Promise<Claim> {
    const inserted = await this.db.rows(
      `INSERT INTO idempotency_key (account_id, key, request_hash) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING key`,
      [accountId, key, requestHash],
    );
    if (inserted.length > 0) return { kind: 'first' };
    const [row] = await this.db.rows<KeyRow>(
      `SELECT request_hash, status, sealed_answer, created_at < now() - make_interval(secs => $3) AS overdue
       FROM idempotency_key WHERE account_id = $1 AND key = $2`,
      [accountId, key, REQUEST_SECONDS],
    );
    // The first request failed and freed the key between the two statements: the caller may come again.
    if (row === undefined) return { kind: 'in-progress' };
    if (!row.request_hash.equals(requestHash)) return { kind: 'other-request' };
    if (row.sealed_answer === null) return { kind: row.overdue ? 'outcome-unknown' : 'in-progress' };
    const answer = unseal(this.config.sessionSecret, contextOf(accountId, key), row.sealed_answer);
    return answer === undefined
      ? { kind: 'outcome-unknown' }
      : { kind: 'answered', answer: JSON.parse(answer) };
  }

  async answered(accountId: string, key: string, answer: StoredAnswer): Promise<void> {
    const sealed = seal(this.config.sessionSecret, contextOf(accountId, key), JSON.stringify(answer));
    await this.db.rows(
      'UPDATE idempotency_key SET status = $3, sealed_answer = $4 WHERE account_id = $1 AND key = $2',
      [accountId, key, answer.status, sealed],
    );
  }

  /** After an expected failure, which leaves nothing behind: the same key may be used again. */
  async release(accountId: string, key: string): Promise<void> {
    await this.db.rows(
      'DELETE FROM idempotency_key WHERE account_id = $1 AND key = $2 AND sealed_answer IS NULL',
      [accountId, key],
    );
  }
}

interface KeyRow {
  readonly request_hash: Buffer;
  readonly sealed_answer: Buffer | null;
  readonly overdue: boolean;
}

const contextOf = (accountId: string, key: string): string => `${accountId} ${key}`;
