import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever listens to events does so with rights that were looked up when he began. Channel `access_changed` says when they end or change,
 * whoever it is that signs out, deletes a key, disables an account or changes its roles: `session:<id>`, `api-key:<id>`, `account:<id>`.
 */
export class AccessChanged1765600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION tell_access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_changed', TG_ARGV[0] || ':' || OLD.id);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER user_session_ended AFTER DELETE ON user_session
        FOR EACH ROW EXECUTE FUNCTION tell_access_changed('session')`);
    await runner.query(`
      CREATE TRIGGER api_key_ended AFTER DELETE ON api_key
        FOR EACH ROW EXECUTE FUNCTION tell_access_changed('api-key')`);
    await runner.query(`
      CREATE TRIGGER user_account_changed AFTER UPDATE ON user_account FOR EACH ROW
        WHEN ((OLD.roles, OLD.company_id, OLD.member_id, OLD.disabled_at)
              IS DISTINCT FROM (NEW.roles, NEW.company_id, NEW.member_id, NEW.disabled_at))
        EXECUTE FUNCTION tell_access_changed('account')`);
    await runner.query(`
      CREATE TRIGGER user_account_ended AFTER DELETE ON user_account
        FOR EACH ROW EXECUTE FUNCTION tell_access_changed('account')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER user_session_ended ON user_session');
    await runner.query('DROP TRIGGER api_key_ended ON api_key');
    await runner.query('DROP TRIGGER user_account_changed ON user_account');
    await runner.query('DROP TRIGGER user_account_ended ON user_account');
    await runner.query('DROP FUNCTION tell_access_changed');
  }
}
