import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which member an account is: whoever has only the role `member` sees that member's rows. */
export class AccountOfMember1764200000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE user_account ADD COLUMN member_id uuid');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE user_account DROP COLUMN member_id');
  }
}
