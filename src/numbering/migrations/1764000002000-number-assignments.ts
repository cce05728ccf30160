import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers of ours that are assigned, and the E.164 numbers by which other networks reach them. */
export class NumberAssignments1764000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // key: a PIN's digits with ccc (0262006200082); a company's VNS NUMBER with # (62006200#), one row for the whole world, ccc and region being its home.
    await db.query(`
      CREATE TABLE number_assignment (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE CHECK (key ~ '^[0-9]{4,32}$|^[0-9]{3,12}#$'),
        kind text NOT NULL CHECK (kind IN ('pin', 'vns')),
        ccc char(3) NOT NULL CHECK (ccc ~ '^[0-9]{3}$'),
        region char(2) NOT NULL CHECK (region ~ '^[A-Z]{2}$'),
        area_number text NOT NULL CHECK (area_number ~ '^[0-9]{3,20}$'),
        display text NOT NULL,
        identification boolean NOT NULL DEFAULT false,
        holder_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (kind = CASE WHEN key LIKE '%#' THEN 'vns' ELSE 'pin' END)
      )`);
    await db.query('CREATE INDEX number_assignment_holder ON number_assignment (holder_id)');
    // No NUMBER of a company equals the AREA-NUMBER digits of a sold PIN, or the reverse.
    await db.query('CREATE INDEX number_assignment_area_number ON number_assignment (area_number)');
    await db.query(`
      CREATE TABLE number_shadow (
        assignment_id uuid NOT NULL REFERENCES number_assignment (id) ON DELETE CASCADE,
        country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        e164 text NOT NULL UNIQUE CHECK (e164 ~ '^\\+[1-9][0-9]{3,14}$'),
        verified_at timestamptz,
        PRIMARY KEY (assignment_id, country)
      )`);
    for (const [table, column] of [
      ['number_assignment', 'key'],
      ['number_shadow', 'e164'],
    ]) {
      await db.query(`
        CREATE TRIGGER ${table}_changed AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION notify_directory('${column}')`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE number_shadow, number_assignment');
  }
}
