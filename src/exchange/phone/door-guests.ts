import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Db } from '../../infra/db/db.js';
import { Authenticator } from '../../infra/http/access/authenticator.js';
import { hashOf } from '../../infra/http/access/tokens.js';
import type { Admission } from './sip-door.js';

/** Decides who comes through the SIP door: the telephone of a signed-in session, or a visitor with an unused token. */
@Injectable()
export class DoorGuests {
  constructor(
    private readonly db: Db,
    private readonly authenticator: Authenticator,
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
    const [device] = await this.db.rows<{ username: string }>(
      `UPDATE browser_phone b SET seen_at = now() FROM device d
        WHERE b.session_id = $1 AND b.expires_at > now() AND d.id = b.device_id RETURNING d.username`,
      [sessionId],
    );
    if (device === undefined) return { ok: false, status: 409 };
    return { ok: true, guest: { username: device.username, key: sessionId, sessionId } };
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
