import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Challenges of terminals where nobody is signed in, once a security key has signed them: each is good once (ADR 83). */
export class UsedKeyChallenges1768300002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE card_key_use (
        challenge text PRIMARY KEY CHECK (length(challenge) <= 100),
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX card_key_use_at ON card_key_use (at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE card_key_use');
  }
}
