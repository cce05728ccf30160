import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a re-rating found in calls that were settled with their carrier before: a claim, or a debt, that a person may raise. */
export class SettledReRatings1764200005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE settlement_re_rating (
        settlement_id uuid NOT NULL REFERENCES settlement (id),
        call_id uuid NOT NULL,
        leg smallint NOT NULL,
        revision smallint NOT NULL,
        difference_micros bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (settlement_id, call_id, leg, revision)
      )`);
    await db.query(`
      CREATE TRIGGER settlement_re_rating_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_re_rating
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE settlement_re_rating');
  }
}
