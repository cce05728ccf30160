/** PostgreSQL channel: `device:<member>:<device>` when a telephone registers or leaves, `book:<member>` when a telephone book changes. */
export const PRESENCE_CHANNEL = 'presence';

/** `c` is a contact and `a` his number: he is seen by whom he has in his own book, too, and by nobody else. */
export const MUTUAL = `
  EXISTS (SELECT FROM phone_contact back
            JOIN number_assignment mine ON regexp_replace(mine.key, '#.*$', '') = back.digits
           WHERE back.member_id = a.holder_id AND mine.holder_id = c.member_id)`;

const PAIRS = `phone_contact c JOIN number_assignment a ON a.key = c.digits WHERE c.digits <> '' AND ${MUTUAL}`;

/** Whose presence anybody may see. */
export const WATCHED = `SELECT DISTINCT a.holder_id AS id FROM ${PAIRS}`;
/** The same, of those whom a change of that member's ($1) book concerns. */
export const WATCHED_BESIDE = `${WATCHED} AND (c.member_id = $1 OR a.holder_id = $1)`;
/** In whose books a member ($1) is, and who may see him. */
export const WATCHERS = `SELECT c.id AS contact, c.member_id AS watcher FROM ${PAIRS} AND a.holder_id = $1`;

/** `r` is a registered device: a browser says every half minute that it is there (src/exchange/phone/sip-door.ts). */
const ALIVE = `
  NOT EXISTS (SELECT FROM browser_phone b
               WHERE b.device_id = r.device_id AND coalesce(b.seen_at, '-infinity') < now() - interval '60 seconds')`;

/** Whether a member has a telephone that is registered; `him` is his id. */
export const isRegistered = (him: string): string =>
  `EXISTS (SELECT FROM registered_device r WHERE r.member_id = ${him} AND ${ALIVE})`;

/** Which telephones ring for a member ($1) and are registered: his own, unless his card silences them, and where his card is. */
export const RINGABLE = `
  SELECT d.username FROM registered_device r JOIN device d ON d.id = r.device_id
   WHERE d.enabled AND ${ALIVE}
     AND ((d.member_id = $1 AND NOT EXISTS (SELECT FROM card_activation a WHERE a.member_id = $1 AND a.instead
                                              AND a.ended_at IS NULL AND a.expires_at > now()))
          OR EXISTS (SELECT FROM card_activation a WHERE a.device_id = d.id AND a.member_id = $1
                       AND a.ended_at IS NULL AND a.expires_at > now()))
   ORDER BY d.created_at, d.username`;

/** The desk phones of a member ($1), and those where his card is. */
export const DESK_PHONES = `
  SELECT id, username, member_id AS "memberId" FROM device
   WHERE kind = 'sip' AND enabled
     AND (member_id = $1 OR id IN (SELECT device_id FROM card_activation
                                    WHERE member_id = $1 AND ended_at IS NULL AND expires_at > now()))`;
