import type { Sql } from '../infra/db/sql.js';
import { withDeadline } from '../kernel/deadline.js';
import { DirectoryCache, type LookedUp, type Question } from './directory.cache.js';
import {
  answerOf,
  type FoundRow,
  type RouteRow,
  routesOf,
  type TrunkRow,
  trunkOf,
} from './directory.rows.js';
import { LOOK_UP, OWNERS, ROUTES, TRUNKS } from './directory.sql.js';
import { EMPTY_NETWORK, type Network, networkOf } from './domain/network.js';

/** PostgreSQL channel on which the tables' triggers say `<table>:<key>` of every changed row. */
export const DIRECTORY_CHANNEL = 'directory';

const LOOK_UP_MS = 1_000;
/** Some 2 kB an entry: 200,000 of them are below half a gigabyte. */
const MOST_ENTRIES = 200_000;

interface DirectoryLog {
  warn(fields: object, message: string): void;
}

/**
 * Who has which number, which devices ring for him, and which ways lead out: in memory, kept true by the database's own
 * notifications. A call costs one query when something is not known yet, none when all of it is.
 */
export class Directory {
  private readonly cache = new DirectoryCache(MOST_ENTRIES);
  private ways: Network = EMPTY_NETWORK;
  private loading: Promise<void> | undefined;
  private stale = false;

  constructor(
    private readonly sql: Sql,
    private readonly log: DirectoryLog,
  ) {}

  /** Trunks and routes as they are now. */
  get network(): Network {
    return this.ways;
  }

  get cached(): number {
    return this.cache.size;
  }

  /** What is known; a promise only when the database must be asked. It rejects when that does not answer in time. */
  lookUp(question: Question): LookedUp | Promise<LookedUp> {
    return this.cache.look(question) ?? this.ask(question);
  }

  private async ask(question: Question): Promise<LookedUp> {
    const { keys, memberIds } = question;
    const epoch = this.cache.epoch;
    const rows = await withDeadline(
      this.sql.rows<FoundRow>(LOOK_UP, [keys.assignmentKeys, keys.e164s, memberIds]),
      LOOK_UP_MS,
    );
    const answer = answerOf(rows, question);
    // Something changed while we read: this call may use what it saw, later ones ask again.
    if (epoch === this.cache.epoch) this.cache.keep(question, answer);
    return answer;
  }

  /** Everything may have changed: after a new LISTEN connection. */
  async refresh(): Promise<void> {
    this.cache.clear();
    await this.loadNetwork();
  }

  /** One row changed; `payload` as the triggers write it. Resolves when nothing old is used any more. */
  async changed(payload: string): Promise<void> {
    const table = payload.slice(0, payload.indexOf(':'));
    const key = payload.slice(table.length + 1);
    switch (table) {
      case 'trunk':
      case 'route':
      case 'centre':
        return this.loadNetwork();
      case 'device':
      case 'number_assignment':
      case 'number_shadow':
        this.cache.dropRow(payload);
        return this.dropOwners(table, key);
      default:
        this.cache.dropRow(payload);
    }
  }

  /** A row that is new is not in any entry yet: whom it belongs to is asked. */
  private async dropOwners(table: keyof typeof OWNERS, key: string): Promise<void> {
    try {
      const owners = await withDeadline(
        this.sql.rows<{ member: string; key: string | null }>(OWNERS[table], [key]),
        LOOK_UP_MS,
      );
      for (const { member, key: number } of owners) {
        this.cache.dropRow(`member:${member}`);
        if (number !== null) this.cache.dropRow(`number_assignment:${number}`);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'the owner of a changed row is not known: the directory is read anew');
      this.cache.clear();
    }
  }

  /** Reads trunks and routes; changes that come meanwhile are read once more after it, however many. */
  private loadNetwork(): Promise<void> {
    this.stale = true;
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      const [trunkRows, routeRows] = await Promise.all([
        this.sql.rows<TrunkRow>(TRUNKS),
        this.sql.rows<RouteRow>(ROUTES),
      ]);
      const trunks = trunkRows.flatMap((row) => {
        const trunk = trunkOf(row);
        if (trunk === undefined) this.log.warn({ trunk: row.id }, 'number formats of a trunk cannot be read');
        return trunk ?? [];
      });
      this.ways = networkOf(trunks, routesOf(routeRows, trunks));
    }
  }
}
