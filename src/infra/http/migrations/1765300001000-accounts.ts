import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an account is called and spoken to in, from which programs it is signed in, and attempts of more than one kind. */
export class Accounts1765300001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE user_account ADD COLUMN name text, ADD COLUMN language text NOT NULL DEFAULT 'en'`,
    );
    await db.query('CREATE INDEX user_account_member ON user_account (member_id)');
    await db.query('CREATE INDEX user_account_company ON user_account (company_id, id)');
    await db.query('ALTER TABLE user_session ADD COLUMN agent text');
    await db.query('DROP INDEX user_session_account');
    await db.query('CREATE INDEX user_session_account ON user_session (account_id, id)');
    await db.query('ALTER TABLE sign_in_attempt RENAME TO attempt');
    await db.query('ALTER TABLE attempt RENAME COLUMN email_hash TO subject_hash');
    await db.query(`ALTER TABLE attempt ADD COLUMN purpose text NOT NULL DEFAULT 'sign-in'`);
    await db.query('DROP INDEX sign_in_attempt_email, sign_in_attempt_source, sign_in_attempt_at');
    await db.query('CREATE INDEX attempt_subject ON attempt (subject_hash, at)');
    await db.query('CREATE INDEX attempt_source ON attempt (source, purpose, at)');
    await db.query('CREATE INDEX attempt_at ON attempt (at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX attempt_subject, attempt_source, attempt_at');
    await db.query('ALTER TABLE attempt DROP COLUMN purpose');
    await db.query('ALTER TABLE attempt RENAME COLUMN subject_hash TO email_hash');
    await db.query('ALTER TABLE attempt RENAME TO sign_in_attempt');
    await db.query('CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email_hash, at)');
    await db.query('CREATE INDEX sign_in_attempt_source ON sign_in_attempt (source, at)');
    await db.query('CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at)');
    await db.query('DROP INDEX user_session_account');
    await db.query('CREATE INDEX user_session_account ON user_session (account_id)');
    await db.query('ALTER TABLE user_session DROP COLUMN agent');
    await db.query('DROP INDEX user_account_member, user_account_company');
    await db.query('ALTER TABLE user_account DROP COLUMN name, DROP COLUMN language');
  }
}
