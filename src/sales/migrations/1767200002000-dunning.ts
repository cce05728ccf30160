import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fees that were missed: since when, and whether the owner was reminded. Monthly ones, too. */
export class Dunning1767200002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE number_contract ADD COLUMN overdue_since date, ADD COLUMN reminded_on date');
    await db.query(`UPDATE number_contract SET overdue_since = paid_through WHERE state = 'overdue'`);
    await db.query('DROP INDEX number_contract_key, number_contract_due');
    await db.query(`
      CREATE UNIQUE INDEX number_contract_key ON number_contract (key)
        WHERE state IN ('active', 'ending', 'overdue', 'suspended')`);
    await db.query(
      `CREATE INDEX number_contract_due ON number_contract (paid_through, id) WHERE state = 'active' AND bill_interval = 'year'`,
    );
    await db.query(
      `CREATE INDEX number_contract_monthly ON number_contract (id) WHERE state = 'active' AND bill_interval = 'month'`,
    );
    await db.query(
      `CREATE INDEX number_contract_overdue ON number_contract (id) WHERE state IN ('overdue', 'suspended')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP INDEX number_contract_overdue, number_contract_monthly, number_contract_due, number_contract_key',
    );
    await db.query(`
      CREATE UNIQUE INDEX number_contract_key ON number_contract (key) WHERE state IN ('active', 'ending', 'overdue')`);
    await db.query(`
      CREATE INDEX number_contract_due ON number_contract (paid_through)
        WHERE state IN ('active', 'overdue') AND bill_interval = 'year'`);
    await db.query('ALTER TABLE number_contract DROP COLUMN overdue_since, DROP COLUMN reminded_on');
  }
}
