import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Devices may ask for transfers (REFER), which the exchange decides; trunks may not. A member may forbid that callers from outside are put through to the outside on his account.
 */
export class Transfers1764310000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE call_setting ADD COLUMN transfer_out boolean NOT NULL DEFAULT true');
    await db.query(endpoints('yes'));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(endpoints('no'));
    await db.query('ALTER TABLE call_setting DROP COLUMN transfer_out');
  }
}

/** The view of 1764000005000, with what devices may do. */
const endpoints = (mayTransfer: 'yes' | 'no'): string => `
  CREATE OR REPLACE VIEW ps_endpoints AS
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
         '${mayTransfer}'::text AS allow_transfer,
         'no'::text AS trust_id_inbound,
         'no'::text AS send_pai,
         'no'::text AS send_connected_line,
         m.language AS language,
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
   WHERE t.enabled`;
