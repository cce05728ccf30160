import type { Pool, QueryConfig } from 'pg';
import type { HoldWish } from '../billing/index.js';
import { SAVE_OPEN, SAVE_OPEN_HELD } from './call-store.sql.js';

interface SetUp {
  record?: Asked<unknown[], void>;
  hold?: Asked<HoldWish, bigint | undefined>;
}
interface Asked<Wish, Answer> {
  readonly wish: Wish;
  readonly answer: PromiseWithResolvers<Answer>;
}

/**
 * What a call needs of the database before anything is dialled: its record, and the money that is set aside for it. Where both are
 * asked for in the same turn of the event loop, as for most calls, one statement and one commit serve both: all or nothing.
 */
export class SetUps {
  private readonly waiting = new Map<string, SetUp>();

  constructor(private readonly pool: Pool) {}

  /** @param values those of `SAVE_OPEN`, the call's id first. */
  record(id: string, values: unknown[]): Promise<void> {
    const answer = Promise.withResolvers<void>();
    this.of(id).record = { wish: values, answer };
    return answer.promise;
  }

  /** What is held then; undefined when there is not enough. The hold has the call's id. */
  hold(wish: HoldWish): Promise<bigint | undefined> {
    const answer = Promise.withResolvers<bigint | undefined>();
    this.of(wish.id).hold = { wish, answer };
    return answer.promise;
  }

  private of(id: string): SetUp {
    const known = this.waiting.get(id);
    if (known !== undefined) return known;
    const setUp: SetUp = {};
    this.waiting.set(id, setUp);
    setImmediate(() => {
      this.waiting.delete(id);
      void this.send(setUp);
    });
    return setUp;
  }

  private async send({ record, hold }: SetUp): Promise<void> {
    try {
      const { rows } = await this.pool.query<{ held: string | null }>(statementOf(record?.wish, hold?.wish));
      record?.answer.resolve();
      const held = rows[0]?.held;
      hold?.answer.resolve(held == null ? undefined : BigInt(held));
    } catch (error) {
      record?.answer.reject(error);
      hold?.answer.reject(error);
    }
  }
}

function statementOf(record: unknown[] | undefined, hold: HoldWish | undefined): QueryConfig {
  if (hold === undefined) return { name: 'call-open', text: SAVE_OPEN, values: record ?? [] };
  const { id, accountId, wanted, least, memberId = null } = hold;
  return record === undefined
    ? {
        name: 'hold-open',
        text: `SELECT open_hold($1, $2, 'call', $3, $4, $5) AS held`,
        values: [id, accountId, wanted, least, memberId],
      }
    : {
        name: 'call-open-held',
        text: SAVE_OPEN_HELD,
        values: [...record, accountId, wanted, least, memberId],
      };
}
