import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Telephones that are browsers: a device row for each signed-in session that phones, gone with the session; and visitors of a
 * number's page, who may call that one number for a few minutes and nothing else. Their endpoints go into the views that
 * Asterisk reads (each view as it was moves aside, so that this does not repeat its columns).
 */
export class BrowserPhones1765700001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await browserPhones(db);
    await webVisits(db);
    await widen(db, 'ps_endpoints', {
      ...sip,
      auth: 'v.username',
      context: `'visitors'`,
      set_var: `'ANYDIAL_FACTS=' || v.country || ',web-visitors,,,,,,' || v.dialled`,
    });
    await widen(db, 'ps_auths', {
      id: 'v.username',
      auth_type: `'digest'`,
      username: 'v.username',
      password_digest: `'MD5:' || v.digest`,
    });
    // A browser is one contact: a page that is loaded again takes the place of the one before.
    await db.query('ALTER VIEW ps_aors RENAME TO ps_aors_of_rows');
    const columns = (await columnsOf(db, 'ps_aors_of_rows')).map(({ name }) => {
      if (name === 'max_contacts') return `CASE d.kind WHEN 'webrtc' THEN 1 ELSE base.${name} END AS ${name}`;
      if (name === 'remove_existing')
        return `CASE d.kind WHEN 'webrtc' THEN 'yes' ELSE base.${name} END AS ${name}`;
      return `base.${name}`;
    });
    await db.query(`
      CREATE VIEW ps_aors AS
      SELECT ${columns.join(', ')} FROM ps_aors_of_rows base LEFT JOIN device d ON d.username = base.id`);
    await grant(db);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const view of ['ps_aors', 'ps_auths', 'ps_endpoints']) {
      await db.query(`DROP VIEW ${view}`);
      await db.query(`ALTER VIEW ${view}_of_rows RENAME TO ${view}`);
    }
    await grant(db);
    await db.query('DROP TABLE web_visit, browser_phone');
    await db.query('DROP FUNCTION drop_browser_device, tell_visit');
  }
}

/** Signing out, or the session's end, takes the device along; its registration ends by the device's own trigger. */
async function browserPhones(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE browser_phone (
      device_id uuid PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
      session_id uuid NOT NULL UNIQUE REFERENCES user_session (id) ON DELETE CASCADE,
      expires_at timestamptz NOT NULL,
      seen_at timestamptz
    )`);
  await db.query('CREATE INDEX browser_phone_expiry ON browser_phone (expires_at)');
  await db.query(`
    CREATE FUNCTION drop_browser_device() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM device WHERE id = OLD.device_id;
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER browser_phone_gone AFTER DELETE ON browser_phone
      FOR EACH ROW EXECUTE FUNCTION drop_browser_device()`);
}

/** dialled: the only thing that the visitor's telephone reaches, whatever it asks for. source: who asked, for the limits. */
async function webVisits(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE web_visit (
      id uuid PRIMARY KEY,
      token_hash bytea NOT NULL UNIQUE,
      username text NOT NULL UNIQUE CHECK (username ~ '^v-[a-z0-9]{10}$'),
      digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{32}$'),
      country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
      dialled text NOT NULL CHECK (dialled ~ '^[0-9*#+]{3,32}$'),
      source text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      used_at timestamptz,
      expires_at timestamptz NOT NULL
    )`);
  await db.query('CREATE INDEX web_visit_source ON web_visit (source, created_at)');
  await db.query('CREATE INDEX web_visit_dialled ON web_visit (dialled, created_at)');
  await db.query('CREATE INDEX web_visit_created ON web_visit (created_at)');
  await db.query(`
    CREATE FUNCTION tell_visit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('directory', 'device:' || OLD.username);
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER web_visit_changed AFTER UPDATE OF expires_at OR DELETE ON web_visit
      FOR EACH ROW EXECUTE FUNCTION tell_visit()`);
}

/** What a visitor's endpoint has besides where its calls enter; what is not named here is Asterisk's default. */
const sip: Readonly<Record<string, string>> = {
  id: 'v.username',
  disallow: `'all'`,
  allow: `'opus,ulaw,alaw'`,
  direct_media: `'no'`,
  identify_by: `'auth_username,username'`,
  webrtc: `'yes'`,
  dtmf_mode: `'rfc4733'`,
  rtp_symmetric: `'yes'`,
  force_rport: `'yes'`,
  rewrite_contact: `'yes'`,
  rtp_timeout: '60',
  rtp_timeout_hold: '60',
  allow_transfer: `'no'`,
  trust_id_inbound: `'no'`,
  send_pai: `'no'`,
  send_connected_line: `'no'`,
  media_address: `current_setting('anydial.media_address', true)`,
  bind_rtp_to_media_address: `CASE WHEN current_setting('anydial.media_address', true) <> '' THEN 'yes' ELSE 'no' END`,
};

const columnsOf = (db: QueryRunner, view: string): Promise<readonly { name: string; type: string }[]> =>
  db.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`,
    [view],
  );

/** Adds the visitors to a view; a column that they have nothing to say in is NULL. */
async function widen(db: QueryRunner, view: string, says: Readonly<Record<string, string>>): Promise<void> {
  await db.query(`ALTER VIEW ${view} RENAME TO ${view}_of_rows`);
  const columns = await columnsOf(db, `${view}_of_rows`);
  const visitors = columns.map(({ name, type }) => `CAST(${says[name] ?? 'NULL'} AS ${type}) AS ${name}`);
  await db.query(`
    CREATE VIEW ${view} AS
    SELECT ${columns.map(({ name }) => name).join(', ')} FROM ${view}_of_rows
    UNION ALL
    SELECT ${visitors.join(', ')} FROM web_visit v WHERE v.expires_at > now()`);
}

async function grant(db: QueryRunner): Promise<void> {
  await db.query(`
    DO $$ BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'anydial_asterisk') THEN
        GRANT SELECT ON ps_endpoints, ps_auths, ps_aors TO anydial_asterisk;
      END IF;
    END $$`);
}
