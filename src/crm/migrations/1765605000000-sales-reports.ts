import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports read what was sold, and who came and went, by the time of the move. */
export class SalesReports1765605000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE INDEX order_move_reported ON order_move (at) WHERE to_state IN ('paid', 'active', 'refunded')`,
    );
    await db.query(`CREATE INDEX contract_move_reported ON contract_move (at) WHERE to_state = 'ended'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX order_move_reported, contract_move_reported');
  }
}
