import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that are read in: how far each has come, and the rows of it that could not be read. */
export class BulkImports1768400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // owner: a company's member id, or `operator`. run_id: who reads it now; a later reader takes over. records, records_hash: what is done of it.
    await db.query(`
      CREATE TABLE bulk_import (
        id uuid PRIMARY KEY,
        owner text NOT NULL CHECK (owner = 'operator' OR owner ~ '^[0-9a-f-]{36}$'),
        account_id uuid NOT NULL,
        kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
        source text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
        options jsonb NOT NULL,
        state text NOT NULL DEFAULT 'waiting'
          CHECK (state IN ('waiting', 'running', 'interrupted', 'done', 'refused', 'cancelled')),
        run_id uuid,
        bytes bigint NOT NULL DEFAULT 0,
        good integer NOT NULL DEFAULT 0,
        bad integer NOT NULL DEFAULT 0,
        records integer NOT NULL DEFAULT 0,
        records_hash text,
        sha256 text,
        outcome jsonb,
        failure jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        begun_at timestamptz,
        ended_at timestamptz,
        CONSTRAINT bulk_import_ended CHECK ((ended_at IS NULL) = (state IN ('waiting', 'running', 'interrupted')))
      )`);
    await db.query('CREATE INDEX bulk_import_owner ON bulk_import (owner, id DESC)');
    await db.query('CREATE INDEX bulk_import_created ON bulk_import (created_at)');
    await db.query(`
      CREATE TABLE bulk_import_bad_row (
        import_id uuid NOT NULL REFERENCES bulk_import (id) ON DELETE CASCADE,
        ordinal integer NOT NULL,
        line integer NOT NULL,
        field text NOT NULL,
        reason text NOT NULL,
        row_text text NOT NULL,
        PRIMARY KEY (import_id, ordinal)
      )`);
    await db.query(`
      INSERT INTO audit_rule (name, mode, why, bulk) VALUES
        ('bulk_import', 'none', 'how far a file has been read; that it was asked for is written down, and what it changed by the rows'' own rules', false),
        ('bulk_import_bad_row', 'none', 'lines of a file that were not read in', false)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM audit_rule WHERE name IN ('bulk_import', 'bulk_import_bad_row')`);
    await db.query('DROP TABLE bulk_import_bad_row, bulk_import');
  }
}
