import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose card left a terminal last (src/exchange/cards/card-ends.ts). */
export class CardsThatLeft1768300003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'CREATE INDEX card_activation_left ON card_activation (device_id, ended_at DESC) WHERE ended_at IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX card_activation_left');
  }
}
