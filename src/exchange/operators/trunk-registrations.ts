import type { SipObjects } from '../../infra/ari/sip-objects.js';
import type { TrunkRegistration } from '../../infra/ari/trunk-registration.js';
import type { Sql } from '../../infra/db/sql.js';
import type { PageEvents } from '../../infra/http/events/page-events.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { TRUNKS_TOPIC } from './trunk-diary.js';

const EVERY_MS = 10_000;
/** While one that should be registered is not: somebody is waiting for it. */
const SOON_MS = 1_000;

interface WatchLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/**
 * Writes down, for people, how this node's trunks stand with the carriers where they register. Asterisk registers by itself and tells no
 * event of it to us; where no trunk registers it is not asked.
 */
export class TrunkRegistrations {
  private known: ReadonlyMap<string, TrunkRegistration> = new Map();
  private cancel: CancelTimer = () => undefined;
  private looking: Promise<void> = Promise.resolve();
  private running = false;
  /** A trunk has changed since the last look began. */
  private stale = false;

  constructor(
    private readonly node: string,
    private readonly sql: Sql,
    private readonly objects: Pick<SipObjects, 'trunkRegistrations'>,
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

  /** A trunk has changed (`trunk:<id>`): what it shows now is known soon. */
  changed(payload: string): void {
    if (!this.running || !payload.startsWith('trunk:')) return;
    this.stale = true;
    this.cancel();
    this.cancel = this.clock.after(SOON_MS, () => this.look());
  }

  private look(): void {
    if (!this.running) return;
    this.looking = this.looking
      .then(() => this.round())
      .catch((error: unknown) => {
        this.log.warn({ err: error }, 'how trunks are registered could not be looked at');
        return EVERY_MS;
      })
      .then((pause) => {
        this.cancel();
        const wait = this.stale ? SOON_MS : pause;
        if (this.running) this.cancel = this.clock.after(wait, () => this.look());
      });
  }

  /** @returns when to look again. */
  private async round(): Promise<number> {
    this.stale = false;
    const wanted = await this.sql.rows<{ id: string }>('SELECT id FROM trunk WHERE enabled AND registers');
    const found = wanted.length === 0 ? undefined : await this.objects.trunkRegistrations();
    // Asterisk is away: what was registered is not known to be gone.
    if (found?.ok === false) return EVERY_MS;
    const now = new Map(wanted.map(({ id }) => [id, found?.value.get(id) ?? 'unregistered'] as const));
    const changes = [...now].filter(([id, state]) => this.known.get(id) !== state);
    const gone = [...this.known.keys()].some((id) => !now.has(id));
    if (changes.length > 0 || gone) await this.write(now, changes);
    this.known = now;
    return [...now.values()].every((state) => state === 'registered') ? EVERY_MS : SOON_MS;
  }

  private async write(
    now: ReadonlyMap<string, TrunkRegistration>,
    changes: readonly (readonly [string, TrunkRegistration])[],
  ): Promise<void> {
    await this.sql.run(FORGET, [this.node, [...now.keys()]]);
    for (const [id, state] of changes) {
      await this.sql.run(NOTE, [id, this.node, state]);
      if (state === 'rejected')
        this.log.warn({ trunk: id }, 'a trunk is not registered: the carrier said no, or nothing');
      else this.log.info({ trunk: id, state }, 'how a trunk is registered has changed');
    }
    this.pages.tell({ at: [{ topic: TRUNKS_TOPIC, key: 'all' }], type: 'trunk.changed', data: {} });
  }
}

const FORGET = 'DELETE FROM trunk_registration WHERE node = $1 AND NOT trunk_id = ANY ($2)';

/** `since` stays where the state does: after a restart of ours nothing has changed. */
const NOTE = `
  INSERT INTO trunk_registration (trunk_id, node, state, since) SELECT id, $2, $3, now() FROM trunk WHERE id = $1
  ON CONFLICT (trunk_id, node) DO UPDATE SET state = excluded.state, since = excluded.since
   WHERE trunk_registration.state <> excluded.state`;
