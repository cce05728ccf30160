import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one person proposes and another decides. That they are two is kept by the table itself. */
export class Proposals1767701001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE proposal (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
        subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
        about text NOT NULL CHECK (length(about) BETWEEN 1 AND 300),
        wish jsonb NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'rejected', 'withdrawn', 'expired')),
        proposed_by uuid NOT NULL,
        proposed_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        decided_by uuid,
        decided_at timestamptz,
        reason text CHECK (length(reason) <= 500),
        CONSTRAINT proposal_two_persons CHECK (state NOT IN ('approved', 'rejected') OR decided_by <> proposed_by),
        CONSTRAINT proposal_decided CHECK ((decided_at IS NULL) = (state IN ('waiting', 'expired')))
      )`);
    await db.query(
      `CREATE UNIQUE INDEX proposal_one_waits ON proposal (kind, subject) WHERE state = 'waiting'`,
    );
    await db.query('CREATE INDEX proposal_state ON proposal (state, id)');
    await db.query(
      `INSERT INTO audit_rule (name, mode, why) VALUES ('proposal', 'open', 'what two persons decide: ids and amounts')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM audit_rule WHERE name = 'proposal'`);
    await db.query('DROP TABLE proposal');
  }
}
