import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a queue takes callers, and a centre's own words for why its agents pause. */
export class QueueHours1767401000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE call_queue ADD COLUMN hours jsonb NOT NULL DEFAULT '[]'`);
    await db.query(`
      CREATE TABLE pause_reason (
        owner text NOT NULL CHECK (length(owner) BETWEEN 1 AND 40),
        code text NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
        label jsonb NOT NULL,
        position integer NOT NULL DEFAULT 0,
        active boolean NOT NULL DEFAULT true,
        PRIMARY KEY (owner, code)
      )`);
    await db.query(`
      INSERT INTO pause_reason (owner, code, label, position) VALUES
        ('operator', 'break', '{"en": "Break", "ko": "휴식", "ja": "休憩"}', 1),
        ('operator', 'lunch', '{"en": "Lunch", "ko": "점심", "ja": "昼食"}', 2),
        ('operator', 'meeting', '{"en": "Meeting", "ko": "회의", "ja": "会議"}', 3),
        ('operator', 'training', '{"en": "Training", "ko": "교육", "ja": "研修"}', 4)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE pause_reason');
    await db.query('ALTER TABLE call_queue DROP COLUMN hours');
  }
}
