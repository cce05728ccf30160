import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A public terminal's account, session and telephone live as long as the card is in (src/exchange/phone/public-terminals.service.ts):
 * however an activation ends, by code, takeover, time-out, revocation or suspension, they go with it.
 */
export class PublicTerminals1767500002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION end_public_terminal() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM user_account u USING user_session s, browser_phone b
         WHERE b.device_id = NEW.device_id AND s.id = b.session_id AND u.id = s.account_id AND u.roles = ARRAY['terminal'];
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER card_activation_ended AFTER UPDATE OF ended_at ON card_activation
        FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION end_public_terminal()`);
    await db.query(
      "CREATE INDEX user_account_terminal ON user_account (created_at) WHERE roles = ARRAY['terminal']",
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX user_account_terminal');
    await db.query('DROP TRIGGER card_activation_ended ON card_activation');
    await db.query('DROP FUNCTION end_public_terminal');
  }
}
