import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One-time codes (RFC 6238) beside the password, and when a session last showed one. */
export class SecondFactors1767703001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE second_factor (
        account_id uuid PRIMARY KEY REFERENCES user_account ON DELETE CASCADE,
        sealed_secret text NOT NULL,
        made_at timestamptz NOT NULL DEFAULT now(),
        confirmed_at timestamptz,
        last_step bigint NOT NULL DEFAULT 0
      )`);
    await db.query(`
      CREATE TABLE recovery_code (
        account_id uuid NOT NULL REFERENCES second_factor ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (account_id, code_hash)
      )`);
    await db.query('ALTER TABLE user_session ADD COLUMN second_factor_at timestamptz');
    await db.query(`
      INSERT INTO audit_rule (name, mode, why) VALUES
        ('second_factor', 'personal', 'how staff sign in'), ('recovery_code', 'none', 'hashes; their making is an entry of second_factor')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM audit_rule WHERE name IN ('second_factor', 'recovery_code')`);
    await db.query('ALTER TABLE user_session DROP COLUMN second_factor_at');
    await db.query('DROP TABLE recovery_code, second_factor');
  }
}
