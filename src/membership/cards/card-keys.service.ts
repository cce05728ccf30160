import { Inject, Injectable } from '@nestjs/common';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { cardRefused, cardUnknown } from './card.failures.js';
import type { ProvedCard } from './card-activations.service.js';
import { GOOD_FOR_MS, isKeyChallenge, newKeyChallenge } from './domain/key-challenge.js';

export interface CardKey {
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
}

const CHALLENGE_MINUTES = 5;
const MOST_KEYS = 5;

/**
 * USB security keys that stand for a card (WebAuthn). The key itself asks for its own PIN or finger (user verification), so the card's
 * PIN code is not asked for.
 */
@Injectable()
export class CardKeys {
  private readonly origin: string;
  private readonly rpID: string;

  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const url = new URL(config.http.publicUrl);
    this.origin = url.origin;
    this.rpID = url.hostname;
  }

  list(memberId: string, cardId: string): Promise<readonly CardKey[]> {
    return this.db.rows<CardKey>(
      `SELECT k.id, k.label, k.created_at AS "createdAt" FROM card_key k JOIN flash_card c ON c.id = k.card_id
        WHERE k.card_id = $1 AND c.member_id = $2 ORDER BY k.created_at, k.id`,
      [cardId, memberId],
    );
  }

  async remove(memberId: string, cardId: string, id: string): Promise<boolean> {
    const removed = await this.db.run(
      'DELETE FROM card_key k USING flash_card c WHERE c.id = k.card_id AND k.id = $3 AND c.id = $1 AND c.member_id = $2',
      [cardId, memberId, id],
    );
    return removed === 1;
  }

  /** What the browser needs to make a key know this card. */
  async registration(
    sessionId: string,
    memberId: string,
    cardId: string,
  ): Promise<Result<PublicKeyCredentialCreationOptionsJSON, Failure>> {
    const [card] = await this.db.rows<{ serial: string }>(
      "SELECT serial FROM flash_card WHERE id = $1 AND member_id = $2 AND state IN ('ready', 'active')",
      [cardId, memberId],
    );
    if (card === undefined) return err(cardUnknown);
    const known = await this.list(memberId, cardId);
    if (known.length >= MOST_KEYS) return err(tooManyKeys);
    const options = await generateRegistrationOptions({
      rpName: 'Anydial',
      rpID: this.rpID,
      userName: card.serial,
      userID: Buffer.from(cardId.replaceAll('-', ''), 'hex'),
      attestationType: 'none',
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    await this.remember(sessionId, options.challenge, cardId);
    return ok(options);
  }

  async register(
    sessionId: string,
    memberId: string,
    cardId: string,
    { response, label }: { readonly response: RegistrationResponseJSON; readonly label: string },
  ): Promise<Result<CardKey, Failure>> {
    const challenge = await this.recall(sessionId, cardId);
    if (challenge === undefined) return err(keyRefused);
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.rpID,
      requireUserVerification: true,
    }).catch(() => undefined);
    if (verified?.verified !== true) return err(keyRefused);
    const { id, publicKey, counter } = verified.registrationInfo.credential;
    const [key] = await this.db.rows<CardKey>(
      `INSERT INTO card_key (id, card_id, public_key, counter, label)
       SELECT $1, c.id, $3, $4, $5 FROM flash_card c WHERE c.id = $2 AND c.member_id = $6
       ON CONFLICT DO NOTHING RETURNING id, label, created_at AS "createdAt"`,
      [id, cardId, Buffer.from(publicKey), counter, label, memberId],
    );
    return key === undefined ? err(keyRefused) : ok(key);
  }

  /** Whoever puts a key in: nothing is asked beforehand, so nothing is told. */
  async request(sessionId: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const options = await generateAuthenticationOptions({ rpID: this.rpID, userVerification: 'required' });
    await this.remember(sessionId, options.challenge, null);
    return options;
  }

  /** The card that the key stands for. */
  async prove(sessionId: string, response: AuthenticationResponseJSON): Promise<Result<ProvedCard, Failure>> {
    const challenge = await this.recall(sessionId, null);
    return challenge === undefined ? err(cardRefused) : this.proved(response, challenge);
  }

  /** The same at a terminal where nobody is signed in, so that there is nothing to keep a challenge by. */
  requestFromAnybody(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const challenge = newKeyChallenge(Date.now(), this.config.sessionSecret);
    return generateAuthenticationOptions({ rpID: this.rpID, userVerification: 'required', challenge });
  }

  async proveFromAnybody(response: AuthenticationResponseJSON): Promise<Result<ProvedCard, Failure>> {
    let signed = '';
    const proved = await this.proved(response, (challenge) => {
      signed = challenge;
      return isKeyChallenge(challenge, Date.now(), this.config.sessionSecret);
    });
    if (!proved.ok) return proved;
    const first = await this.db.run(
      'INSERT INTO card_key_use (challenge) VALUES ($1) ON CONFLICT DO NOTHING',
      [signed],
    );
    return first === 1 ? proved : err(cardRefused);
  }

  /** Of signatures that are too old to be taken once more nothing is kept. */
  async sweep(): Promise<void> {
    await this.db.run('DELETE FROM card_key_use WHERE at < now() - make_interval(secs => $1)', [
      (2 * GOOD_FOR_MS) / 1_000,
    ]);
  }

  private async proved(
    response: AuthenticationResponseJSON,
    expectedChallenge: string | ((challenge: string) => boolean),
  ): Promise<Result<ProvedCard, Failure>> {
    const [key] = await this.db.rows<ProvedCard & { publicKey: Buffer; counter: string }>(
      `SELECT k.card_id AS "cardId", c.member_id AS "memberId", k.public_key AS "publicKey", k.counter
         FROM card_key k JOIN flash_card c ON c.id = k.card_id WHERE k.id = $1 AND c.member_id IS NOT NULL`,
      [response.id],
    );
    if (key === undefined) return err(cardRefused);
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: this.origin,
      expectedRPID: this.rpID,
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey: new Uint8Array(key.publicKey),
        counter: Number(key.counter),
      },
    }).catch(() => undefined);
    if (verified?.verified !== true) return err(cardRefused);
    await this.db.run('UPDATE card_key SET counter = $2 WHERE id = $1', [
      response.id,
      verified.authenticationInfo.newCounter,
    ]);
    return ok({ cardId: key.cardId, memberId: key.memberId });
  }

  private async remember(sessionId: string, challenge: string, cardId: string | null): Promise<void> {
    await this.db.run(
      `INSERT INTO card_key_challenge (session_id, challenge, card_id, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(mins => $4))
       ON CONFLICT (session_id) DO UPDATE SET challenge = excluded.challenge, card_id = excluded.card_id,
                                              expires_at = excluded.expires_at`,
      [sessionId, challenge, cardId, CHALLENGE_MINUTES],
    );
  }

  /** A challenge is good once. */
  private async recall(sessionId: string, cardId: string | null): Promise<string | undefined> {
    const [row] = await this.db.rows<{ challenge: string }>(
      `DELETE FROM card_key_challenge WHERE session_id = $1 AND card_id IS NOT DISTINCT FROM $2 AND expires_at > now()
       RETURNING challenge`,
      [sessionId, cardId],
    );
    return row?.challenge;
  }
}

const keyRefused = failure('card-key.mismatch', 'This security key could not be taken.', {
  hint: 'put it in again and confirm with its PIN or your finger within five minutes',
});
const tooManyKeys = failure('card-key.too-many', `A card has at most ${MOST_KEYS} security keys.`, {
  hint: 'remove one first',
});
