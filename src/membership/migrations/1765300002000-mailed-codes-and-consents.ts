import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes that prove an address, and what people agreed to. */
export class MailedCodesAndConsents1765300002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // code_hash NULL: nobody was mailed a code (the address is known already, or nobody's): it is never right, and looks the same.
    // sign-up keeps what the account is made of; the other purposes are of an account.
    await db.query(`
      CREATE TABLE mailed_code (
        id uuid PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('sign-up', 'password-reset', 'email-change')),
        email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
        account_id uuid REFERENCES user_account (id) ON DELETE CASCADE,
        code_hash bytea,
        password_hash text,
        language text NOT NULL,
        consents jsonb NOT NULL DEFAULT '[]',
        attempts smallint NOT NULL DEFAULT 0,
        sends smallint NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        resend_after timestamptz NOT NULL,
        used_at timestamptz
      )`);
    await db.query('CREATE INDEX mailed_code_account ON mailed_code (account_id)');
    await db.query('CREATE INDEX mailed_code_age ON mailed_code (created_at)');
    // Append-only: what somebody agreed to is not changed afterwards; taking it back is another row.
    await db.query(`
      CREATE TABLE consent (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES user_account (id),
        purpose text NOT NULL CHECK (purpose IN ('terms', 'privacy', 'marketing', 'call-recording')),
        version text NOT NULL CHECK (length(version) BETWEEN 1 AND 40),
        given boolean NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX consent_account ON consent (account_id, id)');
    await db.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$`);
    await db.query(`
      CREATE TRIGGER consent_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON consent
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE consent, mailed_code');
    await db.query('DROP FUNCTION refuse_change');
  }
}
