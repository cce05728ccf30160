import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counted each time Prometheus asks: what was sent is the most of it. */
export class MailNotSent1767800001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX outgoing_mail_not_sent ON outgoing_mail (state) WHERE state <> 'sent'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX outgoing_mail_not_sent');
  }
}
