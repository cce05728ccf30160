import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources that Asterisk refuses. A row stays when it is over: the next ban of the same source is longer. */
export class SipBans1767702001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE sip_ban (
        id uuid PRIMARY KEY,
        source cidr NOT NULL,
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
        tries integer NOT NULL DEFAULT 0,
        banned_at timestamptz NOT NULL DEFAULT now(),
        until timestamptz NOT NULL,
        added_by uuid,
        lifted_at timestamptz,
        lifted_by uuid,
        CHECK (masklen(source) >= CASE family(source) WHEN 4 THEN 16 ELSE 32 END)
      )`);
    await db.query('CREATE INDEX sip_ban_until ON sip_ban (until) WHERE lifted_at IS NULL');
    await db.query('CREATE INDEX sip_ban_source ON sip_ban (source, banned_at)');
    await db.query(`
      CREATE FUNCTION tell_sip_bans() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_notify('sip_bans', ''); RETURN NULL; END $$`);
    await db.query(`
      CREATE TRIGGER sip_ban_changed AFTER INSERT OR UPDATE OR DELETE ON sip_ban
        FOR EACH STATEMENT EXECUTE FUNCTION tell_sip_bans()`);
    await db.query(
      `INSERT INTO audit_rule (name, mode, why) VALUES ('sip_ban', 'open', 'addresses of attackers')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM audit_rule WHERE name = 'sip_ban'`);
    await db.query('DROP TABLE sip_ban');
    await db.query('DROP FUNCTION tell_sip_bans');
  }
}
