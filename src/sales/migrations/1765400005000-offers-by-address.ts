import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A number is offered to an address, not to an account: whoever offers must not learn whether there is one. */
export class OffersByAddress1765400005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE number_transfer ADD COLUMN to_email text NOT NULL DEFAULT '' CHECK (to_email = lower(to_email))`,
    );
    await db.query(
      'UPDATE number_transfer t SET to_email = a.email FROM user_account a WHERE a.id = t.to_account',
    );
    await db.query('ALTER TABLE number_transfer ALTER COLUMN to_email DROP DEFAULT, DROP COLUMN to_account');
    await db.query('CREATE INDEX number_transfer_to_email ON number_transfer (to_email, id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE number_transfer ADD COLUMN to_account uuid');
    await db.query(
      'UPDATE number_transfer t SET to_account = a.id FROM user_account a WHERE a.email = t.to_email',
    );
    await db.query('DELETE FROM number_transfer WHERE to_account IS NULL OR to_account = from_account');
    await db.query(
      'ALTER TABLE number_transfer ALTER COLUMN to_account SET NOT NULL, ADD CHECK (to_account <> from_account)',
    );
    await db.query('CREATE INDEX number_transfer_to ON number_transfer (to_account, id)');
    await db.query('ALTER TABLE number_transfer DROP COLUMN to_email');
  }
}
