import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What Asterisk's res_config_pgsql reads: views over our own tables, so a device or trunk works the moment its row is
 * committed. Columns are res_pjsip's option names (contrib/realtime/postgresql in Asterisk's sources).
 * The role `anydial_asterisk`, made by `./anydial`, sees these views and nothing else; its setting anydial.media_address
 * says on which address the node's RTP is bound (unset: all). In realtime values `;` separates, so a literal one is `^3B`.
 */
export class AsteriskRealtime1764000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE VIEW ps_endpoints AS
      SELECT d.username::text AS id,
             d.username::text AS aors,
             d.username::text AS auth,
             'members'::text AS context,
             'all'::text AS disallow,
             'opus,g722,ulaw,alaw'::text AS allow,
             'no'::text AS direct_media,
             'auth_username,username'::text AS identify_by,
             CASE d.kind WHEN 'webrtc' THEN 'yes' ELSE 'no' END AS webrtc,
             'rfc4733'::text AS dtmf_mode,
             'yes'::text AS rtp_symmetric,
             'yes'::text AS force_rport,
             'yes'::text AS rewrite_contact,
             120 AS rtp_timeout,
             1800 AS rtp_timeout_hold,
             'no'::text AS allow_transfer,
             'no'::text AS trust_id_inbound,
             'no'::text AS send_pai,
             -- Who answered is not told by a re-INVITE: on a trusted trunk that is two transactions more a call.
             'no'::text AS send_connected_line,
             m.language AS language,
             -- SRTP where the phone offers or takes it (RFC 4568), plain RTP where not; webrtc=yes brings DTLS of its own.
             CASE d.kind WHEN 'sip' THEN 'sdes' END AS media_encryption,
             CASE d.kind WHEN 'sip' THEN 'yes' END AS media_encryption_optimistic,
             current_setting('anydial.media_address', true) AS media_address,
             CASE WHEN current_setting('anydial.media_address', true) <> '' THEN 'yes' ELSE 'no' END AS bind_rtp_to_media_address,
             concat_ws(';',
               'ANYDIAL_DEVICE=' || d.id,
               'ANYDIAL_MEMBER=' || d.member_id,
               'ANYDIAL_COUNTRY=' || d.country,
               'ANYDIAL_AREA=' || d.area,
               'ANYDIAL_LOCATION=' || d.location_number,
               'ANYDIAL_LOCATION_NATIONAL=' || d.location_national) AS set_var
        FROM device d JOIN member m ON m.id = d.member_id
       WHERE d.enabled AND m.status = 'active'
      UNION ALL
      SELECT t.id, t.id, NULL, 'trunks', 'all', 'opus,g722,ulaw,alaw', 'no', 'ip', 'no', 'rfc4733',
             'yes', 'yes', 'no', 120, 1800, 'no',
             CASE WHEN t.trusted THEN 'yes' ELSE 'no' END, CASE WHEN t.trusted THEN 'yes' ELSE 'no' END, 'no',
             NULL, NULL, NULL, current_setting('anydial.media_address', true),
             CASE WHEN current_setting('anydial.media_address', true) <> '' THEN 'yes' ELSE 'no' END,
             concat_ws(';', 'ANYDIAL_TRUNK=' || t.id, 'ANYDIAL_COUNTRY=' || t.country)
        FROM trunk t
       WHERE t.enabled`);
    await db.query(`
      CREATE VIEW ps_auths AS
      SELECT d.username::text AS id, 'digest'::text AS auth_type, d.username::text AS username, 'MD5:' || d.digest AS password_digest
        FROM device d JOIN member m ON m.id = d.member_id
       WHERE d.enabled AND m.status = 'active'`);
    await db.query(`
      CREATE VIEW ps_aors AS
      SELECT d.username::text AS id, 5 AS max_contacts, 'no'::text AS remove_existing, 'yes'::text AS remove_unavailable,
             60 AS minimum_expiration, 3600 AS maximum_expiration, 300 AS default_expiration,
             0 AS qualify_frequency, NULL::text AS contact
        FROM device d JOIN member m ON m.id = d.member_id
       WHERE d.enabled AND m.status = 'active'
      UNION ALL
      SELECT t.id, 1, 'no', 'no', 60, 3600, 300, 30, 'sip:' || t.host || ':' || t.port || '^3Btransport=' || t.transport
        FROM trunk t
       WHERE t.enabled`);
    await db.query(`
      CREATE VIEW ps_endpoint_id_ips AS
      SELECT t.id, t.id AS endpoint, t.host AS match FROM trunk t WHERE t.enabled`);
    await db.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'anydial_asterisk') THEN
          GRANT USAGE ON SCHEMA public TO anydial_asterisk;
          GRANT SELECT ON ps_endpoints, ps_auths, ps_aors, ps_endpoint_id_ips TO anydial_asterisk;
        END IF;
      END $$`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW ps_endpoint_id_ips, ps_aors, ps_auths, ps_endpoints');
  }
}
