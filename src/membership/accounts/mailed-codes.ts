import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { codeFits, codeHash, newMailedCode } from '../codes.js';
import { membershipMail } from '../mails/mails.js';
import type { GivenConsent } from './consents.js';

export type CodePurpose = 'sign-up' | 'password-reset' | 'email-change';

/** What a page knows of a code that was mailed, or was not: both look the same. */
export interface CodeTicket {
  readonly id: string;
  readonly expiresAt: Date;
  readonly resendAfter: Date;
}

export interface NewCode {
  readonly purpose: CodePurpose;
  readonly email: string;
  readonly language: string;
  /** Whether somebody is mailed a code at all. */
  readonly mailed: boolean;
  readonly accountId?: string;
  readonly passwordHash?: string;
  readonly consents?: readonly GivenConsent[];
}

/** What a right code opens. */
export interface OpenedCode {
  readonly id: string;
  readonly email: string;
  readonly accountId: string | null;
  readonly passwordHash: string | null;
  readonly language: string;
  readonly consents: readonly GivenConsent[];
}

export const CODE_MINUTES = 30;
const RESEND_SECONDS = 60;
const MOST_ATTEMPTS = 5;
const MOST_SENDS = 5;

const mailKinds = {
  'sign-up': 'signUp',
  'password-reset': 'passwordReset',
  'email-change': 'emailChange',
} as const;

/** Codes that prove an e-mail address: mailed once, good for half an hour, five attempts and one use. */
@Injectable()
export class MailedCodes {
  constructor(
    private readonly db: Db,
    private readonly outgoing: OutgoingMail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async begin(tx: Tx, wanted: NewCode): Promise<CodeTicket> {
    const id = newId();
    const code = newMailedCode();
    const [ticket] = await tx.rows<CodeTicket>(
      `INSERT INTO mailed_code (id, purpose, email, account_id, code_hash, password_hash, language, consents, expires_at, resend_after)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(mins => $9), now() + make_interval(secs => $10))
       RETURNING id, expires_at AS "expiresAt", resend_after AS "resendAfter"`,
      [
        id,
        wanted.purpose,
        wanted.email,
        wanted.accountId ?? null,
        wanted.mailed ? codeHash(this.config.sessionSecret, id, code) : null,
        wanted.passwordHash ?? null,
        wanted.language,
        JSON.stringify(wanted.consents ?? []),
        CODE_MINUTES,
        RESEND_SECONDS,
      ],
    );
    if (ticket === undefined) throw new Error('no code was written');
    if (wanted.mailed) await this.mail(tx, wanted, id, 1, code);
    return ticket;
  }

  /** Whom guesses at a code are counted for: the address that it was (or would have been) mailed to, whichever of its codes. */
  async guessedOf(id: string): Promise<string> {
    const [row] = await this.db.rows<{ email: string }>('SELECT email FROM mailed_code WHERE id = $1', [id]);
    return row?.email ?? id;
  }

  /** Another code for the same; the one before is void. */
  resend(purpose: CodePurpose, id: string): Promise<Result<CodeTicket>> {
    return this.db.inTx(async (tx) => {
      const [row] = await tx.rows<ResendRow>(
        `SELECT email, language, code_hash IS NOT NULL AS mailed, sends, resend_after > now() AS early, ${OPEN} AS open
           FROM mailed_code WHERE id = $1 AND purpose = $2 FOR UPDATE`,
        [id, purpose],
      );
      if (row === undefined || !row.open) return err(gone);
      if (row.early || row.sends >= MOST_SENDS) return err(tooEarly);
      const code = newMailedCode();
      const [ticket] = await tx.rows<CodeTicket>(
        `UPDATE mailed_code SET sends = sends + 1, code_hash = $2, resend_after = now() + make_interval(secs => $3)
          WHERE id = $1 RETURNING id, expires_at AS "expiresAt", resend_after AS "resendAfter"`,
        [id, row.mailed ? codeHash(this.config.sessionSecret, id, code) : null, RESEND_SECONDS],
      );
      if (row.mailed) await this.mail(tx, { ...row, purpose }, id, row.sends + 1, code);
      return ticket === undefined ? err(gone) : ok(ticket);
    });
  }

  /**
   * Tries a code, and does what it opens in the same transaction. A wrong one counts (it commits); a right one is used up unless
   * `work` returns a failure: then nothing has happened.
   */
  async open<T>(
    purpose: CodePurpose,
    id: string,
    code: string,
    work: (tx: Tx, opened: OpenedCode) => Promise<Result<T>>,
    accountId?: string,
  ): Promise<Result<T>> {
    const tried = await this.db.inTx<Result<{ value: T } | { wrong: true }>>(async (tx) => {
      const [row] = await tx.rows<OpenedCode & { codeHash: Buffer | null; open: boolean }>(
        `SELECT id, email, account_id AS "accountId", password_hash AS "passwordHash", language, consents,
                code_hash AS "codeHash", ${OPEN} AS open
           FROM mailed_code WHERE id = $1 AND purpose = $2 AND ($3::uuid IS NULL OR account_id = $3) FOR UPDATE`,
        [id, purpose, accountId ?? null],
      );
      if (row === undefined || !row.open) return err(gone);
      if (!codeFits(this.config.sessionSecret, id, row.codeHash, code)) {
        await tx.run('UPDATE mailed_code SET attempts = attempts + 1 WHERE id = $1', [id]);
        return ok({ wrong: true });
      }
      await tx.run('UPDATE mailed_code SET used_at = now() WHERE id = $1', [id]);
      const done = await work(tx, row);
      return done.ok ? ok({ value: done.value }) : done;
    });
    if (!tried.ok) return tried;
    return 'wrong' in tried.value ? err(wrongCode) : ok(tried.value.value);
  }

  private async mail(
    tx: Tx,
    { purpose, email, language }: Pick<NewCode, 'purpose' | 'email' | 'language'>,
    id: string,
    send: number,
    code: string,
  ): Promise<void> {
    const text = membershipMail(language, mailKinds[purpose], { code, minutes: CODE_MINUTES });
    await this.outgoing.order(tx, { id: `code.${id}.${send}`, to: email, ...text });
  }
}

interface ResendRow {
  readonly email: string;
  readonly language: string;
  readonly mailed: boolean;
  readonly sends: number;
  readonly early: boolean;
  readonly open: boolean;
}

const OPEN = `(used_at IS NULL AND expires_at > now() AND attempts < ${MOST_ATTEMPTS})`;

export const gone = failure('code.gone', 'This code is used, too old, or was tried too often.', {
  hint: 'begin again to get a new one',
});
export const wrongCode = failure('code.mismatch', 'That is not the code.', {
  hint: 'read the newest mail; after five wrong ones you have to begin again',
});
const tooEarly = failure('code.too-many', 'A code was sent a moment ago, or five times already.', {
  hint: 'wait until resendAfter, or begin again',
  retry: 'safe',
});
