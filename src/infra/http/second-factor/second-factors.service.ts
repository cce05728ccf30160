import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { toString as qrCode } from 'qrcode';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import type { Sql } from '../../db/sql.js';
import type { Tx } from '../../db/tx.js';
import { KeyRing } from '../../sealing/key-ring.js';
import { newSecret, stepOf, uriOf } from './one-time-code.js';

export interface FactorStanding {
  readonly enrolled: boolean;
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
}
interface FactorRow {
  readonly sealed_secret: string;
  readonly confirmed_at: Date | null;
  readonly last_step: string;
}
export type CodeFailure = Failure<'second-factor.mismatch' | 'second-factor.not-found'>;

const RECOVERY_CODES = 10;
export const contextOf = (accountId: string): string => `second factor of ${accountId}`;

/** One-time codes and recovery codes of accounts. A code counts once: its step, or its row, is taken under the row's lock. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
  ) {}

  async standing(accountId: string): Promise<FactorStanding> {
    const [row] = await this.db.rows<{ confirmed_at: Date | null; left: number }>(
      `SELECT confirmed_at, (SELECT count(*)::int FROM recovery_code c WHERE c.account_id = f.account_id AND used_at IS NULL) AS left
         FROM second_factor f WHERE account_id = $1`,
      [accountId],
    );
    const confirmedAt = row?.confirmed_at ?? null;
    return { enrolled: confirmedAt !== null, confirmedAt, recoveryCodesLeft: row?.left ?? 0 };
  }

  /** A new secret that counts once a code of it was typed; what is confirmed already is not replaced. */
  async begin(
    accountId: string,
    email: string,
  ): Promise<Result<{ secret: string; uri: string; qr: string }, Failure>> {
    const secret = newSecret();
    const sealed = this.keys.seal(contextOf(accountId), secret);
    const begun = await this.db.inTx((tx) =>
      tx.run(
        `INSERT INTO second_factor (account_id, sealed_secret) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET sealed_secret = $2, made_at = now(), last_step = 0
         WHERE second_factor.confirmed_at IS NULL`,
        [accountId, sealed],
      ),
    );
    if (begun !== 1) return err(enrolledAlready());
    const uri = uriOf(secret, email);
    return ok({ secret, uri, qr: await qrOf(uri) });
  }

  /** The first code proves that the app has the secret. Returns recovery codes, shown this once. */
  confirm(accountId: string, sessionId: string, code: string): Promise<Result<readonly string[], Failure>> {
    return this.db.inTx(async (tx) => {
      const taken = await this.takeCode(tx, accountId, code, false);
      if (!taken.ok) return taken;
      await tx.run(
        'UPDATE second_factor SET confirmed_at = now() WHERE account_id = $1 AND confirmed_at IS NULL',
        [accountId],
      );
      await noteProof(tx, sessionId);
      return ok(await newRecoveryCodes(tx, accountId));
    });
  }

  /** Another ten; the old ones are worth nothing. */
  renewRecoveryCodes(accountId: string, code: string): Promise<Result<readonly string[], Failure>> {
    return this.db.inTx(async (tx) => {
      const taken = await this.takeCode(tx, accountId, code, true);
      return taken.ok ? ok(await newRecoveryCodes(tx, accountId)) : taken;
    });
  }

  /** For this session, from now on. */
  prove(accountId: string, sessionId: string, code: string): Promise<Result<undefined, Failure>> {
    return this.db.inTx(async (tx) => {
      const taken = await this.takeCode(tx, accountId, code, true);
      if (taken.ok) await noteProof(tx, sessionId);
      return taken;
    });
  }

  /** Whether signing in needs a code. */
  async isEnrolled(accountId: string): Promise<boolean> {
    return (await this.standing(accountId)).enrolled;
  }

  async remove(sql: Sql, accountId: string): Promise<void> {
    await sql.run('DELETE FROM second_factor WHERE account_id = $1', [accountId]);
  }

  /** Takes a one-time code, or (of a confirmed factor) a recovery code: each once. */
  async takeCode(
    tx: Tx,
    accountId: string,
    code: string,
    confirmed: boolean,
  ): Promise<Result<undefined, CodeFailure>> {
    const [factor] = await tx.rows<FactorRow>(
      'SELECT sealed_secret, confirmed_at, last_step FROM second_factor WHERE account_id = $1 FOR UPDATE',
      [accountId],
    );
    if (factor === undefined || (factor.confirmed_at !== null) !== confirmed) return err(notEnrolled());
    if (confirmed && code.includes('-')) return takeRecoveryCode(tx, accountId, code);
    const secret = this.keys.unseal(contextOf(accountId), factor.sealed_secret);
    const step =
      secret === undefined ? undefined : stepOf(secret, code, Number(factor.last_step), Date.now());
    if (step === undefined) return err(wrongCode());
    await tx.run('UPDATE second_factor SET last_step = $2 WHERE account_id = $1', [accountId, step]);
    return ok(undefined);
  }
}

/** The QR code as an image that a page can show without another request. */
const qrOf = async (uri: string): Promise<string> =>
  `data:image/svg+xml;base64,${Buffer.from(await qrCode(uri, { type: 'svg' })).toString('base64')}`;

async function takeRecoveryCode(
  tx: Tx,
  accountId: string,
  code: string,
): Promise<Result<undefined, CodeFailure>> {
  const used = await tx.run(
    'UPDATE recovery_code SET used_at = now() WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL',
    [accountId, hashOfCode(code)],
  );
  return used === 1 ? ok(undefined) : err(wrongCode());
}

async function newRecoveryCodes(tx: Tx, accountId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.run('DELETE FROM recovery_code WHERE account_id = $1', [accountId]);
  await tx.run('INSERT INTO recovery_code (account_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    accountId,
    codes.map(hashOfCode),
  ]);
  return codes;
}

/** 80 random bits: long enough that a plain hash of it can't be guessed backwards. */
const newRecoveryCode = (): string =>
  randomBytes(10)
    .toString('hex')
    .replace(/(.{5})(?=.)/g, '$1-');
const hashOfCode = (code: string): Buffer => createHash('sha256').update(code.trim().toLowerCase()).digest();

async function noteProof(tx: Tx, sessionId: string): Promise<void> {
  await tx.run('UPDATE user_session SET second_factor_at = now() WHERE id = $1', [sessionId]);
}

export const wrongCode = (): CodeFailure =>
  failure('second-factor.mismatch', 'That code is wrong, or was used already.', {
    hint: 'wait for the next code of your app, or type a recovery code',
  });
const notEnrolled = (): CodeFailure =>
  failure('second-factor.not-found', 'This account has no authenticator app yet, or has one already.', {
    hint: 'GET /v1/me/second-factor says which',
  });
const enrolledAlready = () =>
  failure('second-factor.exists', 'This account has an authenticator app.', {
    hint: 'DELETE /v1/me/second-factor first',
  });
