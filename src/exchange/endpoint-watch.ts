import type { SipObjects } from '../infra/ari/sip-objects.js';
import type { Sql } from '../infra/db/sql.js';
import type { Failure, Result } from '../kernel/result.js';
import type { EndpointCopy } from './local-copy/endpoint-copy.js';

interface WatchLog {
  warn(fields: object, message: string): void;
}

type Outcome = Result<unknown, Failure>;

/**
 * Makes Asterisk follow our rows: it reads devices and trunks from views and caches them, so a change is told to it at
 * once, and a device that is gone loses its registration. Changes are handled one after the other; when some may have been
 * missed (a new connection to PostgreSQL or to Asterisk), everything cached is dropped and every registration checked.
 */
export class EndpointWatch {
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly sql: Sql,
    private readonly objects: SipObjects,
    private readonly copy: Pick<EndpointCopy, 'changed'>,
    private readonly log: WatchLog,
  ) {}

  /** A notification as the tables' triggers write it: `<table>:<key>`. Other tables than these don't concern Asterisk. */
  changed(payload: string): void {
    const [table, key = ''] = payload.split(':');
    if (table === 'device') this.copied(payload, () => this.follow(key));
    if (table === 'member') this.copied(payload, () => this.followMember(key));
    if (table === 'trunk') this.copied(payload, () => this.followTrunk(key));
  }

  /** Changes may have been missed. */
  resync(): void {
    this.queue('everything', () => this.followAll());
  }

  /** Resolves when every change so far was told. */
  settled(): Promise<void> {
    return this.work;
  }

  /** The copy first: Asterisk may read from it what it is told to forget. */
  private copied(payload: string, task: () => Promise<Outcome | undefined>): void {
    const copied = this.copy.changed(payload);
    this.queue(payload, () => copied.then(task));
  }

  private queue(what: string, task: () => Promise<Outcome | undefined>): void {
    this.work = this.work.then(task).then(
      (outcome) => {
        if (outcome?.ok === false)
          this.log.warn({ what, failure: outcome.failure }, 'Asterisk was not told of a change');
      },
      (error: unknown) => this.log.warn({ what, err: error }, 'Asterisk was not told of a change'),
    );
  }

  private async follow(id: string): Promise<Outcome> {
    const rows = await this.sql.rows('SELECT FROM ps_aors WHERE id = $1', [id]);
    return rows.length > 0 ? this.objects.changed(id) : this.objects.removed(id);
  }

  private async followMember(memberId: string): Promise<Outcome | undefined> {
    const devices = await this.sql.rows<{ username: string }>(
      'SELECT username FROM device WHERE member_id = $1',
      [memberId],
    );
    return firstFailure(
      devices.map(
        ({ username }) =>
          () =>
            this.follow(username),
      ),
    );
  }

  private followTrunk(id: string): Promise<Outcome | undefined> {
    return firstFailure([
      () => this.objects.changed(id),
      () => this.objects.addressesChanged(),
      () => this.objects.registrationChanged(id),
    ]);
  }

  private async followAll(): Promise<Outcome | undefined> {
    const expired = await this.objects.allChanged();
    if (!expired.ok) return expired;
    const followed = await this.objects.allRegistrationsChanged();
    if (!followed.ok) return followed;
    const registered = await this.objects.registered();
    if (!registered.ok) return registered;
    const gone = await this.sql.rows<{ id: string }>(
      'SELECT id FROM unnest($1::text[]) id WHERE NOT EXISTS (SELECT FROM ps_aors a WHERE a.id = id.id)',
      [[...registered.value]],
    );
    return firstFailure(
      gone.map(
        ({ id }) =>
          () =>
            this.objects.deleteContacts(id),
      ),
    );
  }
}

async function firstFailure(tasks: readonly (() => Promise<Outcome>)[]): Promise<Outcome | undefined> {
  for (const task of tasks) {
    const outcome = await task();
    if (!outcome.ok) return outcome;
  }
  return undefined;
}
