import type { Sql } from '../infra/db/sql.js';
import { withDeadline } from '../kernel/deadline.js';
import { NOTHING_FOUND, type Plan } from '../numbering/index.js';
import { DirectoryCache, type LookedUp, type Question } from './directory.cache.js';
import { answerOf, type FoundRow } from './directory.rows.js';
import { FIRST_RULES, type Rules, rulesFrom } from './directory.rules.js';
import { CARRIERS, CENTRES, LOOK_UP, OWNERS, ROUTES, SOMEBODYS, TRUNKS } from './directory.sql.js';
import { Terminals } from './directory.terminals.js';
import { EMPTY_NETWORK, type Network } from './domain/network.js';
import { Latest } from './latest.js';
import { networkFrom } from './network.rows.js';
import { PushedMembers } from './push/pushed-members.js';
import { comparing } from './route-costs.js';

/** PostgreSQL channel on which the tables' triggers say `<table>:<key>` of every changed row. */
export const DIRECTORY_CHANNEL = 'directory';

const LOOK_UP_MS = 1_000;
/** Some 2 kB an entry: 200,000 of them are below half a gigabyte. */
const MOST_ENTRIES = 200_000;

export interface DirectoryLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Who has which number, how he wants to be reached, which ways lead out, and by what plan numbers are read: in memory, kept
 * true by the database's own notifications. A call costs one query when something is not known yet (two when a number that was
 * not known is a member's), none when all of it is.
 */
export class Directory {
  private readonly cache = new DirectoryCache(MOST_ENTRIES);
  private readonly ways = new Latest<Network>(EMPTY_NETWORK, () => this.loadNetwork());
  private readonly rules = new Latest<Rules>(FIRST_RULES, (before) => this.loadRules(before));

  /** Who is with his flash card at which telephone. */
  readonly terminals: Terminals;
  /** Who wants to be told of calls also when no page is open. */
  readonly pushed: PushedMembers;

  constructor(
    private readonly sql: Sql,
    private readonly log: DirectoryLog,
  ) {
    this.terminals = new Terminals(sql);
    this.pushed = new PushedMembers(sql);
  }

  /** Trunks, routes, centres and carriers as they are now. */
  get network(): Network {
    return this.ways.value;
  }

  /** The number plan as it is now; the last good one while the tables hold one that cannot be. */
  get plan(): Plan {
    return this.rules.value.plan;
  }

  /** What the operator set for everybody. */
  get policy(): Rules['policy'] {
    return this.rules.value.policy;
  }

  get cached(): number {
    return this.cache.size;
  }

  /** What is known; a promise only when the database must be asked. It rejects when that does not answer in time. */
  lookUp(question: Question): LookedUp | Promise<LookedUp> {
    return this.known(question) ?? this.ask(question);
  }

  /** What is known without asking; undefined when not all of it is. */
  known(question: Question): LookedUp | undefined {
    return this.cache.look(question);
  }

  private async ask(question: Question): Promise<LookedUp> {
    const epoch = this.cache.epoch;
    const answer = await withDeadline(this.read(question), LOOK_UP_MS);
    // Something changed while we read: this call may use what it saw, later ones ask again.
    if (epoch === this.cache.epoch) this.cache.keep(question, answer);
    return answer;
  }

  private async read(question: Question): Promise<LookedUp> {
    const { keys, memberIds, country } = question;
    const { assignmentKeys, e164s, domains, emails } = keys;
    const members = this.cache.members(memberIds);
    if (members !== undefined && domains.length === 0 && emails.length === 0) {
      const somebodys = await this.sql.rows(SOMEBODYS, [assignmentKeys, e164s]);
      if (somebodys.length === 0) return { found: NOTHING_FOUND, members };
    }
    const wanted = [assignmentKeys, e164s, domains, emails, memberIds, country];
    return answerOf(await this.sql.rows<FoundRow>(LOOK_UP, wanted), question);
  }

  /** Everything may have changed: after a new LISTEN connection. */
  async refresh(): Promise<void> {
    this.cache.clear();
    await Promise.all([
      this.ways.renew(),
      this.rules.renew(),
      this.terminals.renewAll(),
      this.pushed.renewAll(),
    ]);
  }

  /** Exchange rates changed: routes whose costs have several currencies may stand in another order. */
  ratesChanged(): Promise<void> {
    return this.ways.renew();
  }

  /** One row changed; `payload` as the triggers write it. Resolves when nothing old is used any more. */
  async changed(payload: string): Promise<void> {
    const table = payload.slice(0, payload.indexOf(':'));
    const key = payload.slice(table.length + 1);
    switch (table) {
      case 'trunk':
      case 'route':
      case 'centre':
        return this.ways.renew();
      case 'voip_carrier':
        await Promise.all([this.ways.renew(), this.rules.renew()]);
        return;
      case 'carrier_pattern':
      case 'feature_code':
      case 'identifier_code':
      case 'short_code':
      case 'routing_setting':
        return this.rules.renew();
      case 'push_subscription':
        this.cache.dropRow(`member:${key}`);
        return this.pushed.renew(key);
      case 'card_terminal':
        return this.terminals.renew(key);
      case 'card_holder':
      case 'find_me':
      case 'call_setting':
      case 'contact_number':
      case 'carrier_number':
        this.cache.dropRow(`member:${key}`);
        return;
      case 'vns_branch':
        this.cache.dropRow(`number_assignment:${key}`);
        return this.dropOwners(table, key);
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

  private async loadNetwork(): Promise<Network> {
    const [trunks, routes, centres, carriers] = await Promise.all([
      this.sql.rows<Row<'trunks'>>(TRUNKS),
      this.sql.rows<Row<'routes'>>(ROUTES),
      this.sql.rows<Row<'centres'>>(CENTRES),
      this.sql.rows<Row<'carriers'>>(CARRIERS),
    ]);
    const compared = await comparing(this.sql, routes, Date.now());
    return networkFrom(
      { trunks, routes, centres, carriers },
      (what) => this.log.warn({ what }, 'cannot be read: no call goes that way'),
      compared,
    );
  }

  private async loadRules(before: Rules): Promise<Rules> {
    const rules = await rulesFrom(this.sql);
    if (rules.ok) return rules.value;
    this.log.error(
      { reasons: rules.failure },
      'the number plan in the database cannot be: the one before stays in force',
    );
    return before;
  }
}

type Row<K extends keyof Parameters<typeof networkFrom>[0]> = Parameters<typeof networkFrom>[0][K][number];
