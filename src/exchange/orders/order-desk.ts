import type { Sql } from '../../infra/db/sql.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { withDeadline } from '../../kernel/deadline.js';
import { type OrderBegun } from '../domain/open-order.js';
import { EXPIRE, REFUSE, RELEASE, TAKE, TELL_ENDED } from './call-orders.sql.js';
import { PER_SECOND } from './domain/order-limits.js';
import { begunOf, type TakenRow } from './order-row.js';

export interface OrderDeskWorld {
  readonly node: string;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
  /** Begins the call; twice is once. */
  begin(order: OrderBegun): void;
  /** Asterisk is connected, what a former process left is known, and calls may be made. */
  ready(): boolean;
  /** Calls that are known here though the database may not know them (yet). */
  known(): readonly string[];
  /** Events were written. */
  told(): void;
}

/** A lost bell costs no more than this. */
const EVERY_MS = 5_000;
const SECOND_MS = 1_000;
const DEADLINE_MS = 2_000;
const FORGOTTEN_SECONDS = 10;

/**
 * Takes call orders for this node's exchange and begins them: when the bell rings, when Asterisk is (back) there, and by looking. An
 * order is taken by one statement, so by one process, once; what a former process of this node had taken and not begun is taken again.
 */
export class OrderDesk {
  private looking: Promise<void> | undefined;
  private again = false;
  private released = false;
  private stopped = false;
  private cancelTimer: CancelTimer = () => undefined;
  /** When each of the last second's orders was begun. */
  private begun: number[] = [];

  constructor(private readonly world: OrderDeskWorld) {}

  /** Looks at once; while it looks already, once more afterwards. Never rejects. */
  look(): void {
    if (this.stopped) return;
    if (this.looking !== undefined) {
      this.again = true;
      return;
    }
    this.cancelTimer();
    this.looking = this.round()
      .catch((error: unknown) => {
        this.world.log.warn({ err: error }, 'call orders could not be looked at');
        return EVERY_MS;
      })
      .then((next) => {
        this.looking = undefined;
        if (this.stopped) return;
        const soon = this.again;
        this.again = false;
        if (soon) this.look();
        else this.cancelTimer = this.world.clock.after(next, () => this.look());
      });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.looking;
  }

  /** When to look again. */
  private async round(): Promise<number> {
    const { sql, node } = this.world;
    if ((await withDeadline(sql.run(EXPIRE), DEADLINE_MS)) > 0) this.world.told();
    if (!this.world.ready()) return EVERY_MS;
    // At the first look there is nobody else of this node; later what is being taken at this moment must be left alone.
    const age = this.released ? FORGOTTEN_SECONDS : 0;
    await withDeadline(sql.run(RELEASE, [node, this.world.known(), age]), DEADLINE_MS);
    this.released = true;
    const room = this.room();
    if (room === 0) return SECOND_MS;
    const rows = await withDeadline(sql.rows<TakenRow>(TAKE, [node, room]), DEADLINE_MS);
    for (const row of rows) await this.begin(row);
    return rows.length === room ? SECOND_MS : EVERY_MS;
  }

  private async begin(row: TakenRow): Promise<void> {
    this.begun.push(this.world.clock.elapsed());
    // By the clock of the machine, as Asterisk's: the call's other times are told by that one.
    const order = begunOf(row, this.world.node, this.world.clock.now().getTime());
    if (typeof order !== 'string') return this.world.begin(order);
    await this.world.sql.run(REFUSE, [row.id, order]);
    await this.world.sql.run(TELL_ENDED, [[row.id]]);
    this.world.told();
  }

  private room(): number {
    const now = this.world.clock.elapsed();
    this.begun = this.begun.filter((at) => now - at < SECOND_MS);
    return PER_SECOND - this.begun.length;
  }
}
