import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { Authenticator } from '../../infra/http/access/authenticator.js';
import { hashOf } from '../../infra/http/access/tokens.js';
import { LOG, type Log } from '../../infra/log/log.js';
import type { Admission } from './sip-door.js';

const REGISTERED = `
  INSERT INTO registered_device (device_id, member_id, node) SELECT id, member_id, $2 FROM device WHERE id = $1
  ON CONFLICT (device_id) DO UPDATE SET node = excluded.node, at = now()`;

/** Decides who comes through the SIP door: the telephone of a signed-in session, or a visitor with an unused token. */
@Injectable()
export class DoorGuests {
  constructor(
    private readonly db: Db,
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async admit(request: IncomingMessage): Promise<Admission> {
    try {
      const token = new URL(request.url ?? '', 'http://door').searchParams.get('visit');
      return token === null ? await this.signedIn(request) : await this.visitor(token);
    } catch {
      return { ok: false, status: 503 };
    }
  }

  /** Keeps the browsers' devices alive; returns the sessions that are no more. */
  async seen(sessionIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `UPDATE browser_phone b SET seen_at = now() FROM user_session s
        WHERE b.session_id = ANY($1) AND s.id = b.session_id AND s.expires_at > now() RETURNING s.id`,
      [sessionIds],
    );
    const alive = new Set(rows.map(({ id }) => id));
    return sessionIds.filter((id) => !alive.has(id));
  }

  private async signedIn(request: IncomingMessage): Promise<Admission> {
    // Of the request only method and headers are looked at, which an upgrade has like any other.
    const found = await this.authenticator.authenticate(request as Request);
    if (!found.ok || found.value?.by !== 'session') return { ok: false, status: 401 };
    const sessionId = found.value.credentialId;
    const [device] = await this.db.rows<{ id: string; username: string }>(
      `UPDATE browser_phone b SET seen_at = now() FROM device d
        WHERE b.session_id = $1 AND b.expires_at > now() AND d.id = b.device_id RETURNING d.id, d.username`,
      [sessionId],
    );
    if (device === undefined) return { ok: false, status: 409 };
    const { id, username } = device;
    return {
      ok: true,
      guest: {
        username,
        key: sessionId,
        sessionId,
        registered: () => this.note(REGISTERED, [id, this.config.instance]),
        left: (last) => last && this.note('DELETE FROM registered_device WHERE device_id = $1', [id]),
      },
    };
  }

  /** A hint for presence and for calls that ring: what it fails to say, the sweep says later. */
  private note(statement: string, values: readonly unknown[]): void {
    this.db
      .run(statement, values)
      .catch((error: unknown) => this.log.warn({ err: error }, 'a registered browser was not noted'));
  }

  /** A token opens the door once; what it could do ends with the connection. */
  private async visitor(token: string): Promise<Admission> {
    const [visit] = await this.db.rows<{ id: string; username: string; source: string }>(
      `UPDATE web_visit SET used_at = now() WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
       RETURNING id, username, source`,
      [hashOf(token)],
    );
    if (visit === undefined) return { ok: false, status: 401 };
    const left = () => {
      // A failure leaves it to its own end, which is minutes away.
      this.db.run('UPDATE web_visit SET expires_at = now() WHERE id = $1', [visit.id]).catch(() => undefined);
    };
    return { ok: true, guest: { username: visit.username, key: `visit:${visit.source}`, left } };
  }
}
