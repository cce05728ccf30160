import pg from 'pg';
import type { RecordedCall } from '../../lab/call-records.js';
import { DEADLINE_MS } from '../../lab/history.js';

/** A call as table `call` has it once it has ended, with whom it came from. */
export interface EndedCall extends RecordedCall {
  readonly origin: 'member' | 'trunk';
  readonly device: string | null;
  readonly trunk: string | null;
  readonly billable: boolean | null;
}

/** Every call begun since a time, in order, ended or not, with its legs. Times as ISO 8601 in UTC. */
const CALLS = `
  SELECT to_jsonb(x) AS call FROM (
    SELECT c.id, c.origin, d.username AS device, c.trunk_id AS trunk, c.dialled, c.reading, c.called, c.calling,
           c.started_at AS "startedAt", c.ringing_at AS "ringingAt", c.answered_at AS "answeredAt", c.ended_at AS "endedAt",
           c.ended_by AS "endedBy", c.reason, c.q850, c.sip, c.billable, c.trace,
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
              'attempt', l.attempt, 'kind', l.kind, 'target', l.target, 'called', l.called, 'calling', l.calling,
              'createdAt', l.created_at, 'ringingAt', l.ringing_at, 'answeredAt', l.answered_at, 'endedAt', l.ended_at,
              'q850', l.q850, 'sip', l.sip) ORDER BY l.leg), '[]')
              FROM call_leg l WHERE l.call_id = c.id) AS legs
      FROM call c LEFT JOIN device d ON d.id = c.device_id
     WHERE c.started_at >= $1
     ORDER BY c.started_at) x`;

const LEFT = `
  SELECT (SELECT count(*) FROM call WHERE ended_at IS NULL)::int AS calls,
         (SELECT count(*) FROM hold WHERE closed_at IS NULL)::int AS holds`;

/** The product tells nobody of every end, charge and closed hold; these tables ring a bell of the tests' own. */
const BELL = `
  CREATE OR REPLACE FUNCTION test_bell() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN PERFORM pg_notify('test_bell', ''); RETURN NULL; END $$;
  CREATE OR REPLACE TRIGGER test_bell AFTER INSERT OR UPDATE ON call FOR EACH STATEMENT EXECUTE FUNCTION test_bell();
  CREATE OR REPLACE TRIGGER test_bell AFTER INSERT ON charge FOR EACH STATEMENT EXECUTE FUNCTION test_bell();
  CREATE OR REPLACE TRIGGER test_bell AFTER UPDATE OF closed_at ON hold FOR EACH STATEMENT EXECUTE FUNCTION test_bell();
  CREATE OR REPLACE TRIGGER test_bell AFTER INSERT OR UPDATE ON trunk_registration FOR EACH STATEMENT EXECUTE FUNCTION test_bell()`;

/** Looks at call records as they are completed, and at what else the product keeps of calls. */
export class Records {
  private constructor(readonly client: pg.Client) {}

  static async open(): Promise<Records> {
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await client.connect();
    await client.query('LISTEN test_bell');
    await client.query(BELL);
    return new Records(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /**
   * The records of the calls begun since then, once all are complete.
   * @throws at the deadline, or when there are more than `count`.
   */
  async ended(since: Date, count: number, within = DEADLINE_MS): Promise<readonly EndedCall[]> {
    let seen: readonly EndedCall[] = [];
    const complete = await this.untilBell(within, async () => {
      const { rows } = await this.client.query<{ call: EndedCall }>(CALLS, [since]);
      seen = rows.map(({ call }) => call);
      return seen.length >= count && seen.every(({ endedAt }) => endedAt !== null);
    });
    if (complete && seen.length === count) return seen;
    throw new Error(
      `${count} complete call records were expected; there are: ${JSON.stringify(seen, null, 1)}`,
    );
  }

  /** The record of the only call since then. */
  async only(since: Date, within?: number): Promise<EndedCall> {
    const [record] = await this.ended(since, 1, within);
    if (record === undefined) throw new Error('no record');
    return record;
  }

  /** What the call was charged, in micro-units, once it is. */
  async charged(callId: string, within = DEADLINE_MS): Promise<bigint> {
    let amount: string | undefined;
    await this.untilBell(within, async () => {
      const { rows } = await this.client.query<{ amount: string }>(
        'SELECT sum(amount_micros)::text AS amount FROM charge WHERE call_id = $1 HAVING count(*) > 0',
        [callId],
      );
      amount = rows[0]?.amount;
      return amount !== undefined;
    });
    if (amount === undefined) throw new Error(`call ${callId} was not charged`);
    return BigInt(amount);
  }

  /** Resolves when the trunk's registration with its carrier stands so. */
  async trunkIs(trunk: string, state: string, within = DEADLINE_MS): Promise<void> {
    let seen: string | undefined;
    const so = await this.untilBell(within, async () => {
      const { rows } = await this.client.query<{ state: string }>(
        'SELECT state FROM trunk_registration WHERE trunk_id = $1',
        [trunk],
      );
      seen = rows[0]?.state;
      return seen === state;
    });
    if (!so) throw new Error(`the trunk ${trunk} is ${seen}, not ${state}`);
  }

  /** Resolves when no call and no hold is open. */
  async nothingOpen(within = DEADLINE_MS): Promise<void> {
    let left: object | undefined;
    const closed = await this.untilBell(within, async () => {
      const { rows } = await this.client.query<{ calls: number; holds: number }>(LEFT);
      left = rows[0];
      return rows[0]?.calls === 0 && rows[0].holds === 0;
    });
    if (!closed) throw new Error(`still open in the database: ${JSON.stringify(left)}`);
  }

  /** Looks, and again at each bell, until it is so (true) or too late (false). */
  private async untilBell(within: number, isSo: () => Promise<boolean>): Promise<boolean> {
    let ring = () => {};
    const onBell = () => ring();
    this.client.on('notification', onBell);
    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      ring();
    }, within);
    try {
      for (;;) {
        const bell = new Promise<void>((resolve) => {
          ring = resolve;
        });
        if (await isSo()) return true;
        if (late) return false;
        await bell;
      }
    } finally {
      clearTimeout(deadline);
      this.client.off('notification', onBell);
    }
  }
}
