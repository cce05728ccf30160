import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Proofs of control: of a telephone that is to become a PIN, and of each kind of identity. */
export class Proofs1765300004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // space and subject: what is proved (telephone +82…, carrier <id>:<number>, email, domain). identity_id: the claim's row, by kind.
    // code_hash: of the code that was spoken or mailed last; challenge: what stands in the DNS (no secret: everybody can read it there).
    await db.query(`
      CREATE TABLE control_proof (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('telephone', 'contact-number', 'carrier-number', 'email', 'domain')),
        space text NOT NULL CHECK (space IN ('telephone', 'carrier', 'email', 'domain')),
        subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 320),
        member_id uuid REFERENCES member (id) ON DELETE CASCADE,
        identity_id uuid,
        method text NOT NULL CHECK (method IN ('call', 'mail', 'dns')),
        language text NOT NULL,
        state text NOT NULL,
        code_hash bytea,
        challenge text,
        attempts smallint NOT NULL DEFAULT 0,
        sends smallint NOT NULL DEFAULT 1,
        call_order_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        resend_after timestamptz NOT NULL,
        proved_at timestamptz,
        contest_until timestamptz,
        CHECK ((identity_id IS NULL) = (kind = 'telephone')),
        CHECK (identity_id IS NULL OR member_id IS NOT NULL)
      )`);
    await db.query(
      `CREATE UNIQUE INDEX control_proof_held ON control_proof (space, subject) WHERE state = 'proved'`,
    );
    await db.query('CREATE INDEX control_proof_account ON control_proof (account_id, id)');
    await db.query(
      'CREATE INDEX control_proof_member ON control_proof (member_id) WHERE member_id IS NOT NULL',
    );
    await db.query(
      'CREATE INDEX control_proof_identity ON control_proof (identity_id) WHERE identity_id IS NOT NULL',
    );
    await db.query(
      `CREATE INDEX control_proof_contested ON control_proof (contest_until) WHERE state = 'contested'`,
    );
    await db.query(
      `CREATE INDEX control_proof_waiting ON control_proof (expires_at) WHERE state = 'waiting'`,
    );
    await db.query(
      'CREATE UNIQUE INDEX contact_number_proved ON contact_number (e164) WHERE verified_at IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX contact_number_proved');
    await db.query('DROP TABLE control_proof');
  }
}
