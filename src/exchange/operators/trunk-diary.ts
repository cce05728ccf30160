import type { Sql } from '../../infra/db/sql.js';
import type { PageEvents } from '../../infra/http/events/page-events.js';
import type { CircuitState, Sign } from '../trunk-health/circuit.js';

export const TRUNKS_TOPIC = 'trunks';
const KEPT_DAYS = 30;

interface DiaryLog {
  warn(fields: object, message: string): void;
}

/** Writes down how trunks fare, for people: what routes calls is the exchange's own memory, which never waits for this. */
export class TrunkDiary {
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly node: string,
    private readonly sql: Sql,
    private readonly pages: Pick<PageEvents, 'tell'>,
    private readonly log: DiaryLog,
  ) {}

  /** This process begins without any opinion of its trunks. */
  begin(): void {
    this.queue(() => this.sql.run(FORGET, [this.node]));
  }

  changed(trunk: string, state: CircuitState, sign: Sign): void {
    this.queue(() => this.sql.run(NOTE, [trunk, this.node, state, sign, KEPT_DAYS]), { trunk, state });
  }

  /** Resolves when all so far is written. */
  settled(): Promise<void> {
    return this.work;
  }

  private queue(
    write: () => Promise<unknown>,
    data?: { readonly trunk: string; readonly state: string },
  ): void {
    this.work = this.work.then(write).then(
      () => {
        if (data !== undefined)
          this.pages.tell({
            at: [{ topic: TRUNKS_TOPIC, key: 'all' }],
            type: 'trunk.changed',
            data: { ...data },
          });
      },
      (error: unknown) => this.log.warn({ err: error, ...data }, 'how a trunk fares was not written down'),
    );
  }
}

/** A trunk that was in trouble when the former process ended is well until this one finds out otherwise. */
const FORGET = `
  WITH well AS (
    UPDATE trunk_state SET state = 'closed', sign = NULL, since = now() WHERE node = $1 AND state <> 'closed' RETURNING trunk_id)
  INSERT INTO trunk_event (trunk_id, node, state, sign, at) SELECT trunk_id, $1, 'closed', 'restart', now() FROM well`;

const NOTE = `
  WITH old AS (DELETE FROM trunk_event WHERE at < now() - make_interval(days => $5)),
  event AS (INSERT INTO trunk_event (trunk_id, node, state, sign, at) VALUES ($1, $2, $3, $4, now()))
  INSERT INTO trunk_state (trunk_id, node, state, sign, since) VALUES ($1, $2, $3, $4, now())
  ON CONFLICT (trunk_id, node) DO UPDATE SET state = excluded.state, sign = excluded.sign, since = excluded.since`;
