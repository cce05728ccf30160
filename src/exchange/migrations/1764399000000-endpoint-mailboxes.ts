import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The mailbox whose message-waiting lamp a device shows, as res_pjsip_mwi reads it: told unasked. Not on the address of record:
 * whoever can sign in could then subscribe to somebody else's lamp.
 */
export class EndpointMailboxes1764399000000 implements MigrationInterface {
  /** The view as it was moves aside, so that this does not repeat its many columns. */
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER VIEW ps_endpoints RENAME TO ps_endpoints_without_mailbox');
    await db.query(`
      CREATE VIEW ps_endpoints AS
      SELECT base.*, d.member_id || '@anydial' AS mailboxes
        FROM ps_endpoints_without_mailbox base LEFT JOIN device d ON d.username = base.id`);
    await grant(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW ps_endpoints');
    await db.query('ALTER VIEW ps_endpoints_without_mailbox RENAME TO ps_endpoints');
    await grant(db);
  }
}

async function grant(db: QueryRunner): Promise<void> {
  await db.query(`
    DO $$ BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'anydial_asterisk') THEN
        GRANT SELECT ON ps_endpoints TO anydial_asterisk;
      END IF;
    END $$`);
}
