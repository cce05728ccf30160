import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { digestOf, newSecret, newUsername } from '../../membership/index.js';
import { location, type Place } from '../members/location.js';

/** The device lives so long unless the page asks again, which it does well before; then it has another secret. */
const LIVES_SECONDS = 3_600;

/** What a browser needs to be a telephone. The secret is stored nowhere but as its digest. */
export interface BrowserPhone {
  readonly deviceId: string;
  readonly username: string;
  readonly secret: string;
  readonly realm: string;
  /** Where emergency calls say that it stands. */
  readonly locationNumber: string;
  readonly country: string;
  readonly expiresAt: Date;
}

export type PhoneFailure = Failure<'phone.place-needed' | 'member.unknown'>;

/** Telephones of signed-in browsers: one device a session, its secret new each time it is asked for. */
@Injectable()
export class BrowserPhones {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Makes the session's device, or gives the one that it has a new secret. `place`: where it stands, if the user said so. */
  open(
    sessionId: string,
    memberId: string,
    place: Place | undefined,
  ): Promise<Result<BrowserPhone, Failure>> {
    return this.db.inTx(async (tx) => {
      // Two tabs of one session ask one after the other.
      const sessions = await tx.rows('SELECT FROM user_session WHERE id = $1 FOR UPDATE', [sessionId]);
      if (sessions.length === 0)
        return err(
          failure('member.unknown', 'This session has ended.', { hint: 'sign in, or put the card in again' }),
        );
      const [before] = await tx.rows<DeviceRow>(DEVICE_OF_SESSION, [sessionId]);
      if (before !== undefined && before.memberId !== memberId) {
        await tx.run('DELETE FROM browser_phone WHERE session_id = $1', [sessionId]);
        return this.make(tx, sessionId, memberId, place);
      }
      return before === undefined ? this.make(tx, sessionId, memberId, place) : this.renew(tx, before, place);
    });
  }

  /** The same for a session that has its device already, whosever that is. */
  renewed(sessionId: string, place: Place | undefined): Promise<Result<BrowserPhone, Failure>> {
    return this.db.inTx(async (tx) => {
      await tx.rows('SELECT FROM user_session WHERE id = $1 FOR UPDATE', [sessionId]);
      const [device] = await tx.rows<DeviceRow>(DEVICE_OF_SESSION, [sessionId]);
      return device === undefined
        ? err(
            failure('member.unknown', 'The card has left this terminal.', {
              hint: 'sign in, or put the card in again',
            }),
          )
        : this.renew(tx, device, place);
    });
  }

  /** The page is closed for good: signing out does the same. */
  async end(sessionId: string): Promise<void> {
    await this.db.run('DELETE FROM browser_phone WHERE session_id = $1', [sessionId]);
  }

  /** Forgets devices of pages that ask no more. */
  async sweep(): Promise<void> {
    await this.db.run('DELETE FROM browser_phone WHERE expires_at < now()');
    await this.db.run(
      `DELETE FROM registered_device r USING browser_phone b
        WHERE b.device_id = r.device_id AND b.seen_at < now() - interval '60 seconds'`,
    );
    await this.db.run("DELETE FROM page_visit WHERE at < now() - interval '1 day'");
    await this.db.run("DELETE FROM web_visit WHERE created_at < now() - interval '1 day'");
  }

  private async make(
    tx: Tx,
    sessionId: string,
    memberId: string,
    said: Place | undefined,
  ): Promise<Result<BrowserPhone, Failure>> {
    const place = said ?? (await usualPlace(tx, memberId));
    if (place === undefined) return err(placeNeeded);
    const located = location(place);
    if (!located.ok) return located;
    const { country, locationNumber, locationNational } = located.value;
    const id = newId();
    const username = newUsername();
    const secret = newSecret();
    await tx.run(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, location_number, location_national)
       VALUES ($1, $2, $3, $4, 'Browser', 'webrtc', $5, $6, $7)`,
      [id, memberId, username, this.digest(username, secret), country, locationNumber, locationNational],
    );
    const expiresAt = await expiryOf(tx, sessionId, id);
    return ok(this.phoneOf({ id, username, country, locationNumber }, secret, expiresAt));
  }

  private async renew(
    tx: Tx,
    { id, username, sessionId, ...stood }: DeviceRow,
    said: Place | undefined,
  ): Promise<Result<BrowserPhone, Failure>> {
    const located = location(said ?? stood);
    if (!located.ok) return located;
    const { country, locationNumber, locationNational } = located.value;
    const secret = newSecret();
    await tx.run(
      'UPDATE device SET digest = $2, country = $3, location_number = $4, location_national = $5 WHERE id = $1',
      [id, this.digest(username, secret), country, locationNumber, locationNational],
    );
    const expiresAt = await expiryOf(tx, sessionId, id);
    return ok(this.phoneOf({ id, username, country, locationNumber }, secret, expiresAt));
  }

  private phoneOf(
    { id, username, country, locationNumber }: Pick<DeviceRow, 'id' | 'username'> & Place,
    secret: string,
    expiresAt: Date,
  ): BrowserPhone {
    const { realm } = this.config.sip;
    return { deviceId: id, username, secret, realm, locationNumber, country, expiresAt };
  }

  private digest(username: string, secret: string): string {
    return digestOf(username, this.config.sip.realm, secret);
  }
}

interface DeviceRow extends Place {
  readonly id: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly username: string;
}

const DEVICE_OF_SESSION = `
  SELECT d.id, d.member_id AS "memberId", b.session_id AS "sessionId", d.username, d.country,
         d.location_number AS "locationNumber"
    FROM browser_phone b JOIN device d ON d.id = b.device_id WHERE b.session_id = $1`;

/** Where his newest desk phone stands; nothing is guessed for who has none. */
async function usualPlace(tx: Tx, memberId: string): Promise<Place | undefined> {
  const [place] = await tx.rows<Place>(
    `SELECT country, location_number AS "locationNumber" FROM device
      WHERE member_id = $1 AND kind = 'sip' AND enabled ORDER BY created_at DESC, id DESC LIMIT 1`,
    [memberId],
  );
  return place;
}

async function expiryOf(tx: Tx, sessionId: string, deviceId: string): Promise<Date> {
  const [row] = await tx.rows<{ expiresAt: Date }>(
    `INSERT INTO browser_phone (device_id, session_id, expires_at, seen_at)
     SELECT $1, s.id, least(s.expires_at, now() + make_interval(secs => $3)), now() FROM user_session s WHERE s.id = $2
     ON CONFLICT (device_id) DO UPDATE SET expires_at = excluded.expires_at, seen_at = now()
     RETURNING expires_at AS "expiresAt"`,
    [deviceId, sessionId, LIVES_SECONDS],
  );
  if (row === undefined) throw new Error(`session ${sessionId} was locked and is gone`);
  return row.expiresAt;
}

const placeNeeded = failure(
  'phone.place-needed',
  'Emergency calls have to say where this browser stands, and it is not known.',
  { hint: 'send country and locationNumber: a telephone number of the place where you are' },
);
