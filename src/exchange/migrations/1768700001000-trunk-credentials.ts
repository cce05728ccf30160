import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * With what a trunk answers a carrier's digest challenge, and whether it registers there (ADR 92). The secret stands as it is: no
 * realm is known before the challenge, so no digest can be kept instead of it. In realtime values `;` and `^` are written in hex.
 */
export class TrunkCredentials1768700001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE trunk
        ADD COLUMN username text CHECK (username ~ '^[A-Za-z0-9._+~@-]{1,64}$'),
        ADD COLUMN secret text CHECK (secret ~ '^[!-~]{1,128}$'),
        ADD COLUMN registers boolean NOT NULL DEFAULT false,
        ADD COLUMN credential_revision integer NOT NULL DEFAULT 0,
        ADD CONSTRAINT trunk_credentials CHECK (
          (username IS NULL) = (secret IS NULL) AND (NOT registers OR username IS NOT NULL))`);
    await db.query(`
      CREATE FUNCTION count_credentials() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.credential_revision := OLD.credential_revision + 1;
        RETURN NEW;
      END $$`);
    await db.query(`
      CREATE TRIGGER trunk_credentials_changed BEFORE UPDATE ON trunk FOR EACH ROW
        WHEN (OLD.username IS DISTINCT FROM NEW.username OR OLD.secret IS DISTINCT FROM NEW.secret)
        EXECUTE FUNCTION count_credentials()`);
    await views(db);
    await db.query(`
      CREATE TABLE trunk_registration (
        trunk_id text NOT NULL REFERENCES trunk (id) ON DELETE CASCADE,
        node text NOT NULL,
        state text NOT NULL CHECK (state IN ('registered', 'rejected', 'unregistered')),
        since timestamptz NOT NULL,
        PRIMARY KEY (trunk_id, node)
      )`);
    await grant(db, 'ps_endpoints, ps_auths, ps_registrations');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE trunk_registration');
    await db.query('DROP VIEW ps_registrations, ps_auths, ps_endpoints');
    await db.query('ALTER VIEW ps_auths_of_telephones RENAME TO ps_auths');
    await db.query('ALTER VIEW ps_endpoints_unanswering RENAME TO ps_endpoints');
    await grant(db, 'ps_endpoints, ps_auths');
    await db.query('DROP TRIGGER trunk_credentials_changed ON trunk');
    await db.query('DROP FUNCTION count_credentials');
    await db.query(
      'ALTER TABLE trunk DROP COLUMN username, DROP COLUMN secret, DROP COLUMN registers, DROP COLUMN credential_revision',
    );
  }
}

/**
 * Views move aside as they were, so that this does not repeat their columns. A registration never gives up (max_retries); its lowest
 * digits are the credentials' revision, for Asterisk begins anew only where the registration itself differs, and the secret is not in it.
 */
async function views(db: QueryRunner): Promise<void> {
  await db.query('ALTER VIEW ps_endpoints RENAME TO ps_endpoints_unanswering');
  await db.query(`
    CREATE VIEW ps_endpoints AS
    SELECT base.*, CASE WHEN t.username IS NOT NULL THEN t.id END AS outbound_auth
      FROM ps_endpoints_unanswering base LEFT JOIN trunk t ON t.id = base.id AND base.context IN ('trunks', 'verified-trunks')`);
  await db.query('ALTER VIEW ps_auths RENAME TO ps_auths_of_telephones');
  await db.query(`
    CREATE VIEW ps_auths AS
    SELECT id, auth_type, username, password_digest, NULL::text AS password FROM ps_auths_of_telephones
    UNION ALL
    SELECT t.id, 'userpass', t.username, NULL, replace(replace(t.secret, '^', '^5E'), ';', '^3B')
      FROM trunk t WHERE t.enabled AND t.username IS NOT NULL`);
  await db.query(`
    CREATE VIEW ps_registrations AS
    SELECT t.id,
           'sip:' || t.host || ':' || t.port || '^3Btransport=' || t.transport AS server_uri,
           'sip:' || replace(t.username, '@', '%40') || '@' || t.host AS client_uri,
           replace(t.username, '@', '%40') AS contact_user,
           t.id AS outbound_auth,
           'yes'::text AS line,
           t.id AS endpoint,
           600 AS expiration,
           0 AS max_random_initial_delay,
           60 AS retry_interval,
           300 AS forbidden_retry_interval,
           300 AS fatal_retry_interval,
           'no'::text AS auth_rejection_permanent,
           1000000000 + t.credential_revision AS max_retries
      FROM trunk t WHERE t.enabled AND t.registers`);
}

async function grant(db: QueryRunner, names: string): Promise<void> {
  await db.query(`
    DO $$ BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'anydial_asterisk') THEN
        GRANT SELECT ON ${names} TO anydial_asterisk;
      END IF;
    END $$`);
}
