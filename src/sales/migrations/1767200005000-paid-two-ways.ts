import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order may be paid partly from the wallet, the rest by the provider: several payments, of which one is the provider's. */
export class PaidTwoWays1767200005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX order_paid_once');
    await db.query(`
      CREATE UNIQUE INDEX order_paid_directly_once ON order_payment (order_id)
        WHERE method = 'direct' AND state IN ('held', 'captured')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX order_paid_directly_once');
    await db.query(
      `CREATE UNIQUE INDEX order_paid_once ON order_payment (order_id) WHERE state IN ('held', 'captured')`,
    );
  }
}
