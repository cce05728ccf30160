import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config.js';
import { newId } from '../../../kernel/ids.js';
import { Db } from '../../db/db.js';
import { LOG, type Log } from '../../log/log.js';
import type { UserRole } from '../policies.js';
import { hashPassword } from './passwords.js';

const firstRoles: readonly UserRole[] = ['operator', 'finance', 'approver', 'support'];

/** Somebody must be able to sign in first: the operator of BOOTSTRAP_OPERATOR_*, created once and never changed afterwards. */
@Injectable()
export class FirstOperator implements OnApplicationBootstrap {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const wanted = this.config.bootstrapOperator;
    if (wanted === undefined) return;
    const email = wanted.email.toLowerCase();
    if ((await this.db.rows('SELECT 1 FROM user_account WHERE email = $1', [email])).length > 0) return;
    const created = await this.db.rows(
      `INSERT INTO user_account (id, email, password_hash, roles) VALUES ($1, $2, $3, $4)
       ON CONFLICT (email) DO NOTHING RETURNING id`,
      [newId(), email, await hashPassword(wanted.password.reveal()), firstRoles],
    );
    if (created.length > 0) this.log.info('first operator created');
  }
}
