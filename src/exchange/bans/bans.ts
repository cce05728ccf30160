import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';
import type { BanWish } from './domain/ban-book.js';

/** How long the first, second … ban of a source within 30 days lasts, in minutes. */
const MINUTES = [10, 60, 360, 1_440, 10_080] as const;

export interface BanView {
  readonly id: string;
  readonly source: string;
  readonly reason: string;
  readonly tries: number;
  readonly bannedAt: Date;
  readonly until: Date;
  /** Whether it holds now. */
  readonly inForce: boolean;
  /** Null: by the exchange itself. */
  readonly addedBy: string | null;
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
}

const IN_FORCE = 'lifted_at IS NULL AND until > now()';
const VIEW = `id, source::text, reason, tries, banned_at AS "bannedAt", until, ${IN_FORCE} AS "inForce",
              added_by AS "addedBy", lifted_at AS "liftedAt", lifted_by AS "liftedBy"`;

/** Bans a source, unless it is; each time longer. Returns until when, or nothing. */
export async function banSource(
  sql: Pick<Sql, 'rows'>,
  { source, tries, reason }: BanWish,
): Promise<Date | undefined> {
  const [made] = await sql.rows<{ until: Date }>(
    `INSERT INTO sip_ban (id, source, reason, tries, until)
     SELECT $1, $2::cidr, $3, $4, now() + make_interval(mins => ($5::int[])[least(before + 1, array_length($5::int[], 1))])
       FROM (SELECT count(*)::int AS before FROM sip_ban WHERE source = $2::cidr AND banned_at > now() - interval '30 days') b
      WHERE NOT EXISTS (SELECT FROM sip_ban WHERE source >>= $2::cidr AND ${IN_FORCE})
     RETURNING until`,
    [newId(), source, reason, tries, MINUTES],
  );
  return made?.until;
}

export async function addBan(
  sql: Sql,
  ban: { readonly source: string; readonly reason: string; readonly until: Date; readonly by: string },
): Promise<BanView | undefined> {
  const [made] = await sql.rows<BanView>(
    `INSERT INTO sip_ban (id, source, reason, until, added_by) VALUES ($1, $2::cidr, $3, $4, $5) RETURNING ${VIEW}`,
    [newId(), ban.source, ban.reason, ban.until, ban.by],
  );
  return made;
}

/** Whether it was in force. */
export async function liftBan(sql: Sql, id: string, by: string): Promise<boolean> {
  const lifted = await sql.run(
    `UPDATE sip_ban SET lifted_at = now(), lifted_by = $2 WHERE id = $1 AND ${IN_FORCE}`,
    [id, by],
  );
  return lifted === 1;
}

/** Newest first. */
export const listBans = (
  sql: Pick<Sql, 'rows'>,
  {
    inForce,
    before,
    limit,
  }: { readonly inForce: boolean; readonly before: string | undefined; readonly limit: number },
): Promise<readonly BanView[]> =>
  sql.rows<BanView>(
    `SELECT ${VIEW} FROM sip_ban WHERE ($1 = false OR (${IN_FORCE})) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [inForce, before ?? null, limit],
  );

/** What Asterisk has to refuse now, newest first, and when the first of them is over. */
export const bansInForce = (sql: Pick<Sql, 'rows'>, most: number) =>
  sql.rows<{ source: string; until: Date }>(
    `SELECT source::text, until FROM sip_ban WHERE ${IN_FORCE} ORDER BY banned_at DESC LIMIT $1`,
    [most],
  );

/** Addresses of those that we let in without a secret: a ban would cut a carrier off. */
export const trunkAddresses = (sql: Pick<Sql, 'rows'>) =>
  sql.rows<{ address: string }>('SELECT DISTINCT match AS address FROM ps_endpoint_id_ips');
