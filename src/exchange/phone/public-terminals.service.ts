import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { newToken } from '../../infra/http/access/tokens.js';
import { hashPassword } from '../../infra/http/sessions/passwords.js';
import { Sessions, type StartedSession, type Whence } from '../../infra/http/sessions/sessions.service.js';
import { newId } from '../../kernel/ids.js';
import { type Failure, ok, type Result } from '../../kernel/result.js';
import { CardActivations, type CardGiven, CardKeys, type ProvedCard } from '../../membership/index.js';
import type { Place } from '../members/location.js';
import { BrowserPhones } from './browser-phones.service.js';

/** By number or file and PIN code, or by a security key that stands for the card. */
export type ShownCard = CardGiven | { readonly key: AuthenticationResponseJSON };

/**
 * Browsers of an internet cafe: whoever puts his card in has a telephone there, by an account that is nobody's and may do nothing but
 * phone. It is deleted, with its session and its telephone, when the card leaves, however that comes about (trigger
 * `card_activation_ended`): nothing of the holder is left there.
 */
@Injectable()
export class PublicTerminals {
  constructor(
    private readonly db: Db,
    private readonly sessions: Sessions,
    private readonly phones: BrowserPhones,
    private readonly cards: CardActivations,
    private readonly keys: CardKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async start(
    given: ShownCard,
    place: Place,
    { source, agent }: Whence,
  ): Promise<Result<StartedSession, Failure>> {
    const proved: Result<ProvedCard, Failure> =
      'key' in given
        ? await this.keys.proveFromAnybody(given.key)
        : await this.cards.prove(given, this.terminalOf(source));
    if (!proved.ok) return proved;
    const { cardId, memberId } = proved.value;
    const account = {
      id: newId(),
      email: `terminal-${newId()}@terminal.invalid`,
      roles: ['terminal'] as const,
    };
    // A password that nobody knows: there is no other way in than this session.
    const hash = await hashPassword(newToken());
    await this.db.run('INSERT INTO user_account (id, email, password_hash, roles) VALUES ($1, $2, $3, $4)', [
      account.id,
      account.email,
      hash,
      account.roles,
    ]);
    const session = await this.sessions.open(this.db, account, agent);
    const put = await this.putIn(account.id, cardId, memberId, place);
    if (put.ok) return ok(session);
    await this.db.run('DELETE FROM user_account WHERE id = $1', [account.id]);
    return put;
  }

  /** Of a start that a crash cut off, or whose session ran out, nothing is left. */
  async sweep(): Promise<void> {
    await this.db.run(
      `DELETE FROM user_account u WHERE u.roles = ARRAY['terminal'] AND u.created_at < now() - interval '2 minutes'
         AND NOT EXISTS (SELECT FROM user_session s JOIN browser_phone b ON b.session_id = s.id
                           JOIN card_activation a ON a.device_id = b.device_id AND a.ended_at IS NULL
                          WHERE s.account_id = u.id AND s.expires_at > now())`,
    );
  }

  private async putIn(
    accountId: string,
    cardId: string,
    memberId: string,
    place: Place,
  ): Promise<Result<unknown, Failure>> {
    const [session] = await this.db.rows<{ id: string }>(
      'SELECT id FROM user_session WHERE account_id = $1',
      [accountId],
    );
    if (session === undefined) throw new Error('the session that was just opened is gone');
    const phone = await this.phones.open(session.id, memberId, place);
    return phone.ok ? this.cards.byKey(cardId, phone.value.deviceId) : phone;
  }

  /** What attempts from one place are counted by, until there is a telephone to count by: not the address itself. */
  private terminalOf(source: string): string {
    const hash = createHmac('sha256', this.config.sessionSecret.reveal())
      .update(`terminal:${source}`)
      .digest('hex');
    return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
