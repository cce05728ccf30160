import type { SipContact } from '../../infra/ari/sip-contact.js';
import type { SipObjects } from '../../infra/ari/sip-objects.js';
import type { Sql } from '../../infra/db/sql.js';
import type { PageEvents } from '../../infra/http/events/page-events.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { changesOf, type Registered } from './registration-changes.js';

export const REGISTRATIONS_TOPIC = 'registrations';

const EVERY_MS = 5_000;
/** With very many phones a look takes long; then it is taken more rarely, so that Asterisk spends a twentieth of its time on it at most. */
const PAUSE_PER_LOOK = 20;
const ROWS_AT_ONCE = 500;

interface WatchLog {
  warn(fields: object, message: string): void;
}

/**
 * Copies this node's registrations to a table, for people: Asterisk alone knows them, and tells no event that says all of it. Only what
 * has changed since the last look is written.
 */
export class RegistrationWatch {
  private known: ReadonlyMap<string, Registered> | undefined;
  private cancel: CancelTimer = () => undefined;
  private looking: Promise<void> = Promise.resolve();
  private running = false;

  constructor(
    private readonly node: string,
    private readonly sql: Sql,
    private readonly objects: Pick<SipObjects, 'allContacts' | 'deleteContact'>,
    private readonly pages: Pick<PageEvents, 'tell'>,
    private readonly clock: Clock,
    private readonly log: WatchLog,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.look();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.cancel();
    await this.looking;
  }

  /** Ends one and looks at once. */
  async end(contact: string): Promise<void> {
    const ended = await this.objects.deleteContact(contact);
    if (!ended.ok) this.log.warn({ contact, failure: ended.failure }, 'a registration was not ended');
    await this.looking;
    this.look();
  }

  private look(): void {
    if (!this.running) return;
    this.cancel();
    const began = this.clock.elapsed();
    this.looking = this.round()
      .catch((error: unknown) => this.log.warn({ err: error }, 'registrations could not be looked at'))
      .then(() => {
        const pause = Math.max(EVERY_MS, PAUSE_PER_LOOK * (this.clock.elapsed() - began));
        if (this.running) this.cancel = this.clock.after(pause, () => this.look());
      });
  }

  private async round(): Promise<void> {
    const found = await this.objects.allContacts();
    // Asterisk is away: what was registered is not known to be gone.
    if (!found.ok) return;
    const known = this.known ?? (await this.stored());
    const { put, gone, next } = changesOf(known, found.value, this.clock.now());
    for (let from = 0; from < put.length; from += ROWS_AT_ONCE)
      await this.sql.run(PUT, [this.node, JSON.stringify(put.slice(from, from + ROWS_AT_ONCE).map(rowOf))]);
    if (gone.length > 0)
      await this.sql.run('DELETE FROM registration WHERE node = $1 AND contact = ANY ($2)', [
        this.node,
        gone,
      ]);
    this.known = next;
    if (put.length + gone.length > 0)
      this.pages.tell({
        at: [{ topic: REGISTRATIONS_TOPIC, key: 'all' }],
        type: 'registrations.changed',
        data: {},
      });
  }

  private async stored(): Promise<ReadonlyMap<string, Registered>> {
    const rows = await this.sql.rows<SipContact & { readonly since: Date }>(STORED, [this.node]);
    return new Map(rows.map((row) => [row.key, row]));
  }
}

const STORED = `
  SELECT contact AS key, username AS aor, uri, address, user_agent AS "userAgent", expires_at AS "expiresAt", since
    FROM registration WHERE node = $1`;

const PUT = `
  INSERT INTO registration (node, contact, username, uri, address, user_agent, since, expires_at)
  SELECT $1, contact, username, uri, address, user_agent, since, expires_at
    FROM jsonb_to_recordset($2::jsonb) AS r (contact text, username text, uri text, address text, user_agent text,
                                      since timestamptz, expires_at timestamptz)
  ON CONFLICT (node, contact) DO UPDATE SET
    uri = excluded.uri, address = excluded.address, user_agent = excluded.user_agent, expires_at = excluded.expires_at`;

const rowOf = ({ key, aor, uri, address, userAgent, expiresAt, since }: Registered) => ({
  contact: key,
  username: aor,
  uri,
  address,
  user_agent: userAgent,
  since,
  expires_at: expiresAt,
});
