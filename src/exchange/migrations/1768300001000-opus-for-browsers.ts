import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A browser that is called is offered its own codecs first (Opus), every other telephone its caller's (ADR 82). `remote_merge` is
 * what Asterisk does unless told; it is written out because a copied row may leave nothing out (src/exchange/local-copy).
 */
export class OpusForBrowsers1768300001000 implements MigrationInterface {
  /** The view as it was moves aside, so that this does not repeat its many columns. */
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER VIEW ps_endpoints RENAME TO ps_endpoints_without_offer');
    await db.query(`
      CREATE VIEW ps_endpoints AS
      SELECT base.*,
             CASE base.webrtc WHEN 'yes' THEN 'local_merge' ELSE 'remote_merge' END AS outgoing_call_offer_pref
        FROM ps_endpoints_without_offer base`);
    await grant(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW ps_endpoints');
    await db.query('ALTER VIEW ps_endpoints_without_offer RENAME TO ps_endpoints');
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
