import type { Sql } from '../../infra/db/sql.js';
import type { PageEvents } from '../../infra/http/events/page-events.js';
import type { Call } from '../domain/call.js';
import type { ExchangeWatch } from '../exchange.watch.js';
import { isRegistered, WATCHED, WATCHED_BESIDE, WATCHERS } from './presence.sql.js';
import { membersOf, type Presence, phaseIn, phaseOf } from './presence-of.js';

export interface PresenceParts {
  readonly sql: Sql;
  readonly pages: Pick<PageEvents, 'tell'>;
  readonly log: { warn(fields: object, message: string): void };
  /** The open calls. */
  calls(): readonly Call[];
  /** Who is watched from now on. */
  watch(members: ReadonlySet<string>): void;
}

/**
 * Tells the pages of those who may see it what a member does with his telephones, as it happens. Of members whom nobody may see no
 * call costs more than a look into a set.
 */
export class PresenceWatch {
  private watched: ReadonlySet<string> = new Set();
  private readonly told = new Map<string, Presence>();
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly parts: PresenceParts) {}

  readonly watch: Partial<ExchangeWatch> = {
    moved: (before, after) => this.moved(before, after),
    over: (call) => {
      for (const id of membersOf(call)) this.changed(id);
    },
  };

  /** Resolves when all news so far are told. */
  settled(): Promise<void> {
    return this.work;
  }

  /** Telephone books may have changed unseen. */
  renewAll(): Promise<void> {
    return this.queue(async () => {
      const rows = await this.parts.sql.rows<{ id: string }>(WATCHED);
      this.keep(new Set(rows.map(({ id }) => id)));
    });
  }

  /** A telephone book has changed: whoever it adds is watched; whom it leaves nobody sees, he is let go with the next renewal. */
  bookChanged(memberId: string): Promise<void> {
    return this.queue(async () => {
      const rows = await this.parts.sql.rows<{ id: string }>(WATCHED_BESIDE, [memberId]);
      if (rows.some(({ id }) => !this.watched.has(id)))
        this.keep(new Set([...this.watched, ...rows.map(({ id }) => id)]));
    });
  }

  /** Something of him may be otherwise now. */
  changed(memberId: string): void {
    if (this.watched.has(memberId)) void this.queue(() => this.tell(memberId));
  }

  private keep(members: ReadonlySet<string>): void {
    this.watched = members;
    this.parts.watch(members);
  }

  private moved(before: Call, after: Call): void {
    if (this.watched.size === 0) return;
    for (const id of membersOf(after))
      if (this.watched.has(id) && phaseIn(before, id) !== phaseIn(after, id)) this.changed(id);
  }

  private async tell(memberId: string): Promise<void> {
    const presence = phaseOf(this.parts.calls(), memberId) ?? (await this.atRest(memberId));
    if (this.told.get(memberId) === presence) return;
    this.told.set(memberId, presence);
    const watchers = await this.parts.sql.rows<{ contact: string; watcher: string }>(WATCHERS, [memberId]);
    this.parts.pages.tell(
      ...watchers.map(({ contact, watcher }) => ({
        at: [{ topic: 'presence', key: watcher }],
        type: 'presence.changed',
        data: { contactId: contact, presence },
      })),
    );
  }

  private async atRest(memberId: string): Promise<Presence> {
    const [row] = await this.parts.sql.rows<{ on: boolean }>(`SELECT ${isRegistered('$1')} AS on`, [
      memberId,
    ]);
    return row?.on === true ? 'available' : 'offline';
  }

  private queue(task: () => Promise<void>): Promise<void> {
    this.work = this.work
      .then(task)
      .catch((error: unknown) => this.parts.log.warn({ err: error }, 'presence was not told'));
    return this.work;
  }
}
