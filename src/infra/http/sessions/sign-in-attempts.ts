import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { newId } from '../../../kernel/ids.js';
import { Db } from '../../db/db.js';

/** Attempts in 15 minutes: one person's typing errors pass, guessing doesn't; one source can't lock somebody out for everybody. */
const WINDOW_MINUTES = 15;
const LIMITS = { emailAndSource: 10, source: 50, email: 100 } as const;

export const RETRY_AFTER_SECONDS = WINDOW_MINUTES * 60;

/** Counts by rows in PostgreSQL: the same for all processes and after a restart. */
@Injectable()
export class SignInAttempts {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Writes the attempt down *before* the password is looked at, so that guesses made in parallel all count; false
   * when there are too many. E-mail addresses are kept only as keyed hashes.
   */
  async admit(email: string, source: string): Promise<boolean> {
    const emailHash = this.hashOf(email);
    await this.db.rows('INSERT INTO sign_in_attempt (id, email_hash, source) VALUES ($1, $2, $3)', [
      newId(),
      emailHash,
      source,
    ]);
    const [counts] = await this.db.rows<Record<'both' | 'source' | 'email', string>>(
      `SELECT count(*) FILTER (WHERE email_hash = $1 AND source = $2) AS both,
              count(*) FILTER (WHERE source = $2) AS source,
              count(*) FILTER (WHERE email_hash = $1) AS email
       FROM sign_in_attempt
       WHERE (email_hash = $1 OR source = $2) AND at > now() - make_interval(mins => $3)`,
      [emailHash, source, WINDOW_MINUTES],
    );
    return (
      Number(counts?.both) <= LIMITS.emailAndSource &&
      Number(counts?.source) <= LIMITS.source &&
      Number(counts?.email) <= LIMITS.email
    );
  }

  /** A right password clears what that person mistyped from there. */
  async clear(email: string, source: string): Promise<void> {
    await this.db.rows('DELETE FROM sign_in_attempt WHERE email_hash = $1 AND source = $2', [
      this.hashOf(email),
      source,
    ]);
  }

  private hashOf(email: string): Buffer {
    return createHmac('sha256', this.config.sessionSecret.reveal()).update(`email:${email}`).digest();
  }
}
