import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An agent at whose ear a telephone is without a queue: supervisors see why nobody rings him. */
export class AgentsOnOwnCalls1767400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE queue_agent ADD COLUMN on_own_call boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE queue_agent DROP COLUMN on_own_call');
  }
}
