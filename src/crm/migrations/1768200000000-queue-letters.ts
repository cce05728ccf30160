import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What exchanges tell each other about callers in queues (ADR 80): deleted by whoever takes it. Recipient NULL: whichever decides. */
export class QueueLetters1768200000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE queue_letter (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sender text NOT NULL,
        recipient text,
        letter jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query(`
      CREATE FUNCTION tell_queue_letter() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('queue_letters', '');
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER queue_letter_sent AFTER INSERT ON queue_letter
        FOR EACH STATEMENT EXECUTE FUNCTION tell_queue_letter()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE queue_letter');
    await db.query('DROP FUNCTION tell_queue_letter');
  }
}
