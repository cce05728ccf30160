import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { hashOf, newToken } from '../../infra/http/access/tokens.js';
import { newId } from '../../kernel/ids.js';
import { digestOf, newSecret } from '../../membership/index.js';
import { type IceServer, iceServersOf } from './domain/ice.js';

/** What a visitor's browser calls with. The token opens the SIP door once. */
export interface VisitorPass {
  readonly username: string;
  readonly secret: string;
  readonly realm: string;
  readonly token: string;
  readonly dialled: string;
  readonly expiresAt: Date;
  readonly iceServers: readonly IceServer[];
}

/** Asterisk ends the talk after ten minutes by itself (context `visitors`); until then the endpoint is needed for its last request. */
const LIVES_MINUTES = 12;
const LETTERS = 'bcdfghjkmnpqrstvwxz23456789';

/** Telephones of people who have no account: one number, one connection, a few minutes. */
@Injectable()
export class WebVisits {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async open({
    dialled,
    country,
    source,
  }: {
    readonly dialled: string;
    readonly country: string;
    readonly source: string;
  }): Promise<VisitorPass> {
    const { realm } = this.config.sip;
    const username = `v-${Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
    const secret = newSecret();
    const token = newToken();
    const [row] = await this.db.rows<{ expiresAt: Date }>(
      `INSERT INTO web_visit (id, token_hash, username, digest, country, dialled, source, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8)) RETURNING expires_at AS "expiresAt"`,
      [
        newId(),
        hashOf(token),
        username,
        digestOf(username, realm, secret),
        country,
        dialled,
        source,
        LIVES_MINUTES,
      ],
    );
    if (row === undefined) throw new Error('an INSERT made no row');
    const iceServers = iceServersOf(this.config.ice, username, row.expiresAt);
    return { username, secret, realm, token, dialled, expiresAt: row.expiresAt, iceServers };
  }
}
