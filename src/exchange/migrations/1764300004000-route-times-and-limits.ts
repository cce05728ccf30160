import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Routes that count at certain times only, and how many calls a route and a trunk take. */
export class RouteTimesAndLimits1764300004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // days: bit 0 Monday … bit 6 Sunday. Minutes of the day in time_zone (IANA), from inclusive, to exclusive; when
    // to_minute <= from_minute it ends on the next day, `days` being those on which it begins.
    await db.query(`
      ALTER TABLE route
        ADD COLUMN days smallint NOT NULL DEFAULT 127 CHECK (days BETWEEN 1 AND 127),
        ADD COLUMN from_minute smallint NOT NULL DEFAULT 0 CHECK (from_minute BETWEEN 0 AND 1439),
        ADD COLUMN to_minute smallint NOT NULL DEFAULT 1440 CHECK (to_minute BETWEEN 1 AND 1440),
        ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC' CHECK (time_zone ~ '^[A-Za-z][A-Za-z0-9_+/-]{1,63}$'),
        ADD COLUMN max_calls integer CHECK (max_calls > 0),
        DROP CONSTRAINT route_prefix_trunk_id_key,
        ADD CONSTRAINT route_once UNIQUE (prefix, trunk_id, days, from_minute, to_minute, time_zone)`);
    await db.query(
      'ALTER TABLE trunk ADD COLUMN max_calls_per_second integer CHECK (max_calls_per_second > 0)',
    );
    // `route:` once a statement instead of once a row: an import of 100,000 rows is one change.
    await db.query('DROP TRIGGER route_changed ON route');
    await db.query(`
      CREATE TRIGGER route_changed AFTER INSERT OR UPDATE OR DELETE ON route
        FOR EACH STATEMENT EXECUTE FUNCTION tell_directory()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER route_changed ON route');
    await db.query(`
      CREATE TRIGGER route_changed AFTER INSERT OR UPDATE OR DELETE ON route
        FOR EACH ROW EXECUTE FUNCTION notify_directory('id')`);
    await db.query('ALTER TABLE trunk DROP COLUMN max_calls_per_second');
    await db.query(`
      ALTER TABLE route
        DROP CONSTRAINT route_once,
        ADD CONSTRAINT route_prefix_trunk_id_key UNIQUE (prefix, trunk_id),
        DROP COLUMN days, DROP COLUMN from_minute, DROP COLUMN to_minute, DROP COLUMN time_zone, DROP COLUMN max_calls`);
  }
}
