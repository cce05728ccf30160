import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who signs and verifies callers (STIR/SHAKEN): per trunk, by a profile of asterisk/node/stir_shaken.conf that its endpoint names;
 * and the numbers that we vouch for at level A, one row each, as res_stir_shaken reads them (ADR 87).
 */
export class StirShaken1768500001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE trunk
        ADD COLUMN attests boolean NOT NULL DEFAULT false,
        ADD COLUMN verifies text NOT NULL DEFAULT 'no' CHECK (verifies IN ('no', 'record', 'reject')),
        ADD CONSTRAINT trunk_signs_e164 CHECK (
          (NOT attests OR kind <> 'centre' AND called_format ->> 'form' IN ('e164', 'e164plus') AND calling_format ->> 'form' IN ('e164', 'e164plus'))
          AND (verifies = 'no' OR calling_format ->> 'form' IN ('e164', 'e164plus')))`);
    await this.profiles(db);
    // Verified telephone numbers that stand for a number of ours, and are no trunk's stand-in: those anybody may show.
    await db.query('CREATE INDEX number_shadow_tn ON number_shadow (substr(e164, 2))');
    await db.query(`
      CREATE VIEW stir_tns AS
      SELECT substr(s.e164, 2) AS id, 'A'::text AS attest_level
        FROM number_shadow s JOIN number_assignment a ON a.id = s.assignment_id
       WHERE s.verified_at IS NOT NULL AND a.suspended_at IS NULL
         AND NOT EXISTS (SELECT FROM trunk t WHERE t.default_cli = s.e164)`);
    await grant(db, 'ps_endpoints, stir_tns');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW stir_tns, ps_endpoints');
    await db.query('ALTER VIEW ps_endpoints_unsigned RENAME TO ps_endpoints');
    await grant(db, 'ps_endpoints');
    await db.query('DROP INDEX number_shadow_tn');
    await db.query('ALTER TABLE trunk DROP COLUMN attests, DROP COLUMN verifies');
  }

  /** The view as it was moves aside, so that this does not repeat its columns. */
  private async profiles(db: QueryRunner): Promise<void> {
    await db.query('ALTER VIEW ps_endpoints RENAME TO ps_endpoints_unsigned');
    const columns: readonly { name: string }[] = await db.query(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'ps_endpoints_unsigned'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    const as = columns.map(({ name }) =>
      name === 'context'
        ? `CASE WHEN t.verifies <> 'no' THEN 'verified-trunks' ELSE base.context END AS context`
        : `base.${name}`,
    );
    await db.query(`
      CREATE VIEW ps_endpoints AS
      SELECT ${as.join(', ')},
             CASE WHEN t.attests AND t.verifies <> 'no' THEN 'both' WHEN t.attests THEN 'sign' WHEN t.verifies <> 'no' THEN 'verify'
              END AS stir_shaken_profile
        FROM ps_endpoints_unsigned base LEFT JOIN trunk t ON t.id = base.id AND base.context = 'trunks'`);
  }
}

async function grant(db: QueryRunner, views: string): Promise<void> {
  await db.query(`
    DO $$ BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'anydial_asterisk') THEN
        GRANT SELECT ON ${views} TO anydial_asterisk;
      END IF;
    END $$`);
}
