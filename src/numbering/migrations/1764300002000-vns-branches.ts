import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A company's branches: which member answers its number in which country. The home branch is in the assignment's own region. */
export class VnsBranches1764300002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // member_id: whose devices, find-me order and voicemail answer for the branch.
    await db.query(`
      CREATE TABLE vns_branch (
        id uuid PRIMARY KEY,
        assignment_id uuid NOT NULL REFERENCES number_assignment (id) ON DELETE CASCADE,
        region char(2) NOT NULL CHECK (region ~ '^[A-Z]{2}$'),
        ccc char(3) NOT NULL CHECK (ccc ~ '^[0-9]{3}$'),
        is_default boolean NOT NULL DEFAULT false,
        member_id uuid NOT NULL,
        UNIQUE (assignment_id, region)
      )`);
    await db.query(
      'CREATE UNIQUE INDEX vns_branch_default ON vns_branch (assignment_id, ccc) WHERE is_default',
    );
    await db.query('CREATE INDEX vns_branch_member ON vns_branch (member_id)');
    // With a whole company the branches' triggers find its assignment gone: its own tells the key then.
    await db.query(`
      CREATE FUNCTION tell_directory_of_branch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('directory', 'vns_branch:' || key) FROM number_assignment
          WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.assignment_id ELSE OLD.assignment_id END
             OR id = CASE WHEN TG_OP = 'DELETE' THEN OLD.assignment_id ELSE NEW.assignment_id END;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER vns_branch_changed AFTER INSERT OR UPDATE OR DELETE ON vns_branch
        FOR EACH ROW EXECUTE FUNCTION tell_directory_of_branch()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE vns_branch');
    await db.query('DROP FUNCTION tell_directory_of_branch');
  }
}
