import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the web shows for a number: its holder's home page, a form that mails him, or a call. No row: nothing, as for a number that is nobody's. */
export class NumberPages1765700003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE number_page (
        assignment_id uuid PRIMARY KEY REFERENCES number_assignment (id) ON DELETE CASCADE,
        shows text NOT NULL CHECK (shows IN ('home-page', 'mail', 'call')),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
        home_page text CHECK (length(home_page) <= 500 AND home_page ~ '^https?://'),
        mail_to uuid REFERENCES email_identity (id) ON DELETE CASCADE,
        CHECK ((shows = 'home-page') = (home_page IS NOT NULL)),
        CHECK ((shows = 'mail') = (mail_to IS NOT NULL))
      )`);
    await db.query('CREATE INDEX number_page_mail ON number_page (mail_to)');
    // A number that changes hands shows nothing of whom it was.
    await db.query(`
      CREATE FUNCTION forget_number_page() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM number_page WHERE assignment_id = NEW.id;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER number_page_forgotten AFTER UPDATE OF holder_id ON number_assignment
        FOR EACH ROW WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id) EXECUTE FUNCTION forget_number_page()`);
    // Each challenge is good once; what was tried counts for the limits, whatever became of it.
    await db.query(`
      CREATE TABLE page_visit (
        challenge bytea PRIMARY KEY,
        number text NOT NULL CHECK (length(number) <= 64),
        source text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX page_visit_source ON page_visit (source, at)');
    await db.query('CREATE INDEX page_visit_number ON page_visit (number, at)');
    await db.query('CREATE INDEX page_visit_at ON page_visit (at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER number_page_forgotten ON number_assignment');
    await db.query('DROP TABLE page_visit, number_page');
    await db.query('DROP FUNCTION forget_number_page');
  }
}
