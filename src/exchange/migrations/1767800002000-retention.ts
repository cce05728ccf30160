import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how long what is personal is kept, by the country of whom it is about ('*': where no rule of its own is), and what stops it. */
export class Retention1767800002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE retention_rule (
        kind text NOT NULL CHECK (kind IN ('call-details', 'voice-messages')),
        country text NOT NULL CHECK (country ~ '^([A-Z]{2}|[*])$'),
        keep_days integer NOT NULL CHECK (keep_days BETWEEN 1 AND 3660),
        PRIMARY KEY (kind, country)
      )`);
    // DE: six months (TDDDG section 10); KR: twelve (decree to the Protection of Communications Secrets Act, article 41); US: eighteen (47 CFR 42.6).
    await db.query(`
      INSERT INTO retention_rule (kind, country, keep_days) VALUES
        ('call-details', '*', 365), ('call-details', 'DE', 180), ('call-details', 'KR', 365), ('call-details', 'US', 548),
        ('voice-messages', '*', 90)`);
    // Up to when calls of a country were looked at, so that no index on calls is needed for it.
    await db.query('CREATE TABLE retention_mark (country text PRIMARY KEY, done_until timestamptz NOT NULL)');
    await db.query(`
      CREATE TABLE legal_hold (
        member_id uuid PRIMARY KEY REFERENCES member (id),
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
        placed_by uuid NOT NULL,
        placed_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE legal_hold, retention_mark, retention_rule');
  }
}
