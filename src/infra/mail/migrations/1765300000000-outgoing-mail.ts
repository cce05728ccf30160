import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail that was decided on in a transaction and leaves after it. */
export class OutgoingMail1765300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // sealed: address, subject and text (codes, names) as the key ring seals them; gone once the mail is.
    await db.query(`
      CREATE TABLE outgoing_mail (
        id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
        sealed text,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'refused')),
        attempts smallint NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL DEFAULT now(),
        outcome text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (sealed IS NOT NULL OR state IN ('sent', 'refused'))
      )`);
    await db.query(`CREATE INDEX outgoing_mail_waiting ON outgoing_mail (next_at) WHERE state = 'waiting'`);
    await db.query('CREATE INDEX outgoing_mail_age ON outgoing_mail (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE outgoing_mail');
  }
}
