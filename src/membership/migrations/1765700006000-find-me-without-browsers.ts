import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Steps that name the telephone of a browser session kept its row from going with the session: they leave, with what rang beside them kept. */
export class FindMeWithoutBrowsers1765700006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('DELETE FROM find_me f USING browser_phone b WHERE b.device_id = f.device_id');
  }

  /** What was there could not be used for long; nothing is made up for it. */
  async down(): Promise<void> {}
}
