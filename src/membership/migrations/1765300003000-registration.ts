import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is kept of members beyond what calls need: branches, personal data, invited people, who may be the same. */
export class Registration1765300003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // company_id: of a company's branch, and of a person of the company: whose telephones its administrators look after.
    await db.query('ALTER TABLE member ADD COLUMN company_id uuid REFERENCES member (id)');
    await db.query('CREATE INDEX member_company ON member (company_id, id) WHERE company_id IS NOT NULL');
    await db.query('CREATE INDEX member_name ON member (lower(name) text_pattern_ops, id)');
    await db.query('ALTER TABLE member DROP CONSTRAINT member_status_check');
    await db.query(
      `ALTER TABLE member ADD CONSTRAINT member_status_check CHECK (status IN ('active', 'suspended', 'closed', 'erased'))`,
    );
    await db.query(`
      CREATE TABLE personal_data (
        member_id uuid PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
        sealed text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query(`
      CREATE TABLE personal_data_reading (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        account_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX personal_data_reading_member ON personal_data_reading (member_id, id)');
    await db.query(`
      CREATE TABLE invitation (
        id uuid PRIMARY KEY,
        company_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        roles text[] NOT NULL CHECK (cardinality(roles) > 0),
        language text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        invited_by uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        revoked_at timestamptz
      )`);
    await db.query('CREATE INDEX invitation_company ON invitation (company_id, id)');
    // Keyed hashes of what two registrations of the same person have in common; key_id: of the ring's key they were made with.
    await db.query(`
      CREATE TABLE duplicate_key (
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('email', 'phone', 'document')),
        key_id text NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (member_id, kind, hash)
      )`);
    await db.query('CREATE INDEX duplicate_key_hash ON duplicate_key (hash)');
    await db.query(`
      CREATE TABLE duplicate_mark (
        first uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        second uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        verdict text NOT NULL CHECK (verdict IN ('same', 'different')),
        marked_by uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (first, second),
        CHECK (first < second)
      )`);
    await db.query('CREATE INDEX duplicate_mark_second ON duplicate_mark (second)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE duplicate_mark, duplicate_key, invitation, personal_data_reading, personal_data',
    );
    await db.query('ALTER TABLE member DROP CONSTRAINT member_status_check');
    await db.query(
      `ALTER TABLE member ADD CONSTRAINT member_status_check CHECK (status IN ('active', 'suspended', 'closed'))`,
    );
    await db.query('DROP INDEX member_name');
    await db.query('ALTER TABLE member DROP COLUMN company_id');
  }
}
