import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A new secret number, or account, counts from now on: the exchange that asks for it reads agents anew. */
export class AgentsSecretNumbers1767402000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.tell(
      db,
      'name, number, pin_hash, country, languages, skills, supervisor, enabled, member_id, account_id',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await this.tell(db, 'name, country, languages, skills, supervisor, enabled, member_id');
  }

  private async tell(db: QueryRunner, columns: string): Promise<void> {
    await db.query('DROP TRIGGER queue_agent_changed ON queue_agent');
    await db.query(`
      CREATE TRIGGER queue_agent_changed AFTER INSERT OR DELETE OR UPDATE OF ${columns} ON queue_agent
        FOR EACH STATEMENT EXECUTE FUNCTION tell_queues()`);
  }
}
