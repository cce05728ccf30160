import { Injectable } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { isRegistered } from '../presence/presence.sql.js';
import type { Presence } from '../presence/presence-of.js';

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  /** `unknown` unless each of the two has the other in his book: nobody is watched who has not said whom he knows. */
  readonly presence: Presence | 'unknown';
}

const MOST_CONTACTS = 1_000;

/**
 * Presence is what registered telephones and open calls say. A contact's member is found by the number that the contact has; he must have
 * one of the asker's numbers in his own book. Pages hear of changes by the topic `presence`.
 */
const LIST = `
  WITH mine AS (SELECT regexp_replace(key, '#.*$', '') AS digits FROM number_assignment WHERE holder_id = $1)
  SELECT c.id, c.name, c.target,
         CASE WHEN him.id IS NULL THEN 'unknown'
              WHEN EXISTS (SELECT FROM call o WHERE o.ended_at IS NULL
                            AND (o.member_id = him.id OR (o.called = c.digits AND o.answered_at IS NOT NULL)))
                THEN 'talking'
              WHEN EXISTS (SELECT FROM call o WHERE o.ended_at IS NULL AND o.called = c.digits) THEN 'ringing'
              WHEN ${isRegistered('him.id')} THEN 'available'
              ELSE 'offline' END AS presence
    FROM phone_contact c
    LEFT JOIN LATERAL (
      SELECT a.holder_id AS id FROM number_assignment a
       WHERE c.digits <> '' AND a.key = c.digits
         AND EXISTS (SELECT FROM phone_contact back JOIN mine ON mine.digits = back.digits
                      WHERE back.member_id = a.holder_id)) him ON true
   WHERE c.member_id = $1 AND ($2::text IS NULL OR (c.name, c.id) > ($2, $3::uuid))
   ORDER BY c.name, c.id LIMIT $4`;

export type ContactCursor = readonly [name: string, id: string];

/** A member's telephone book. */
@Injectable()
export class PhoneBook {
  constructor(private readonly db: Db) {}

  list(memberId: string, count: number, after?: ContactCursor): Promise<readonly Contact[]> {
    return this.db.rows<Contact>(LIST, [memberId, after?.[0] ?? null, after?.[1] ?? null, count]);
  }

  /** The same target twice is one contact, with the newer name. */
  async put(
    memberId: string,
    { name, target }: { readonly name: string; readonly target: string },
  ): Promise<Result<Pick<Contact, 'id' | 'name' | 'target'>, Failure>> {
    const [row] = await this.db.rows<Pick<Contact, 'id' | 'name' | 'target'>>(
      `INSERT INTO phone_contact (id, member_id, name, target, digits)
       SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM phone_contact WHERE member_id = $2) < $6
       ON CONFLICT (member_id, target) DO UPDATE SET name = excluded.name RETURNING id, name, target`,
      [newId(), memberId, name, target, digitsOf(target), MOST_CONTACTS],
    );
    return row === undefined ? err(full) : ok(row);
  }

  /** Two contacts cannot have the same target. */
  async change(
    memberId: string,
    id: string,
    { name, target }: { readonly name?: string | undefined; readonly target?: string | undefined },
  ): Promise<Result<Pick<Contact, 'id' | 'name' | 'target'>, Failure>> {
    const digits = target === undefined ? null : digitsOf(target);
    const [row] = await this.db.rows<Pick<Contact, 'id' | 'name' | 'target'> & { taken: boolean }>(
      `WITH other AS (SELECT FROM phone_contact WHERE member_id = $2 AND target = $4 AND id <> $1),
            changed AS (UPDATE phone_contact SET name = coalesce($3, name), target = coalesce($4, target), digits = coalesce($5, digits)
                         WHERE id = $1 AND member_id = $2 AND NOT EXISTS (SELECT FROM other) RETURNING id, name, target)
       SELECT id, name, target, false AS taken FROM changed
       UNION ALL SELECT id, name, target, true FROM phone_contact
                  WHERE id = $1 AND member_id = $2 AND EXISTS (SELECT FROM other)`,
      [id, memberId, name ?? null, target ?? null, digits],
    );
    if (row === undefined) return err(unknown);
    const { taken, ...contact } = row;
    return taken ? err(twice) : ok(contact);
  }

  async remove(memberId: string, id: string): Promise<Result<void, Failure>> {
    const removed = await this.db.run('DELETE FROM phone_contact WHERE id = $1 AND member_id = $2', [
      id,
      memberId,
    ]);
    return removed === 1 ? ok(undefined) : err(unknown);
  }
}

/** As assignments are kept; nothing for an address. */
const digitsOf = (target: string): string =>
  /^[\d\s().*#+-]+$/.test(target) ? target.replace(/[^\d]/g, '') : '';

const full = failure('phone-contact.too-many', `A telephone book has at most ${MOST_CONTACTS} contacts.`, {
  hint: 'remove some first',
});
const twice = failure('phone-contact.conflict', 'Another contact has this target already.', {
  hint: 'change or remove that one',
});
const unknown = failure('phone-contact.unknown', 'There is no such contact of yours.', {
  hint: 'GET /v1/phone/contacts lists yours',
});
