import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For the operator's lists: routes in pages, and a carrier's members before it is removed. */
export class DeskIndexes1764300005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX route_listed ON route (prefix, id)');
    await db.query('CREATE INDEX carrier_number_carrier ON carrier_number (carrier_id, number)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX carrier_number_carrier, route_listed');
  }
}
