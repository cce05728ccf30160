import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A member's own telephone book, by the browser's telephone; and the way to who called him, which his own calls' index does not find. */
export class PhoneBook1765700004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // digits: the number as assignments are kept, for presence; '' for addresses.
    await db.query(`
      CREATE TABLE phone_contact (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        target text NOT NULL CHECK (length(target) BETWEEN 1 AND 254),
        digits text NOT NULL,
        UNIQUE (member_id, target)
      )`);
    await db.query('CREATE INDEX phone_contact_name ON phone_contact (member_id, name, id)');
    await db.query(
      "CREATE INDEX phone_contact_digits ON phone_contact (digits, member_id) WHERE digits <> ''",
    );
    // Only calls to numbers of ours: those that leave are found by who made them.
    await db.query(
      "CREATE INDEX call_called_recent ON call (called, started_at DESC, id DESC) WHERE reading IN ('pin', 'vns')",
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX call_called_recent');
    await db.query('DROP TABLE phone_contact');
  }
}
