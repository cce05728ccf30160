import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a key may do of what its roles may: lines of the policy table, or `<area>.*`. Null: all of it, as before. */
export class ApiKeyScopes1767601000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE api_key ADD COLUMN scopes text[]');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE api_key DROP COLUMN scopes');
  }
}
