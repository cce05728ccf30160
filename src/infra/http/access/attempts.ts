import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../../../config.js';
import { newId } from '../../../kernel/ids.js';
import { failure } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import { ProblemError } from '../problem.js';
import { sourceOf } from './source.js';

/** How often something may be tried in a window: about one subject (an address, a code) from one source, by one source, about one subject. */
export interface AttemptLimit {
  readonly purpose: string;
  readonly minutes: number;
  readonly both: number;
  readonly source: number;
  readonly subject: number;
}

/** One person's typing errors pass, guessing doesn't; one source can't lock somebody out for everybody. */
export const SIGN_IN: AttemptLimit = { purpose: 'sign-in', minutes: 15, both: 10, source: 50, subject: 100 };

/** Counts by rows in PostgreSQL: the same for all processes and after a restart. */
@Injectable()
export class Attempts {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Writes the attempt down *before* anything is looked at, so that guesses made in parallel all count; false when there are
   * too many. Subjects are kept only as keyed hashes.
   */
  async admit(limit: AttemptLimit, subject: string, source: string): Promise<boolean> {
    const hash = this.hashOf(limit, subject);
    await this.db.run('INSERT INTO attempt (id, purpose, subject_hash, source) VALUES ($1, $2, $3, $4)', [
      newId(),
      limit.purpose,
      hash,
      source,
    ]);
    const [counts] = await this.db.rows<Record<'both' | 'source' | 'subject', string>>(
      `SELECT count(*) FILTER (WHERE subject_hash = $1 AND source = $2) AS both,
              count(*) FILTER (WHERE source = $2) AS source,
              count(*) FILTER (WHERE subject_hash = $1) AS subject
       FROM attempt
       WHERE (subject_hash = $1 OR (source = $2 AND purpose = $3)) AND at > now() - make_interval(mins => $4)`,
      [hash, source, limit.purpose, limit.minutes],
    );
    return (
      Number(counts?.both) <= limit.both &&
      Number(counts?.source) <= limit.source &&
      Number(counts?.subject) <= limit.subject
    );
  }

  /** Throws 429 when there are too many from where the request comes. */
  async orTooMany(limit: AttemptLimit, subject: string, request: Request): Promise<void> {
    if (await this.admit(limit, subject, sourceOf(request.ip ?? ''))) return;
    throw tooManyAttempts(limit);
  }

  /** A right password clears what that person mistyped from there. */
  async clear(limit: AttemptLimit, subject: string, source: string): Promise<void> {
    await this.db.run('DELETE FROM attempt WHERE subject_hash = $1 AND source = $2', [
      this.hashOf(limit, subject),
      source,
    ]);
  }

  private hashOf({ purpose }: AttemptLimit, subject: string): Buffer {
    return createHmac('sha256', this.config.sessionSecret.reveal()).update(`${purpose}:${subject}`).digest();
  }
}

export const tooManyAttempts = ({ purpose, minutes }: AttemptLimit): ProblemError =>
  new ProblemError(
    failure(`${purpose}.too-many`, 'Too many attempts.', {
      hint: `wait ${minutes} minutes`,
      retry: 'safe',
    }),
    { headers: { 'retry-after': String(minutes * 60) } },
  );
