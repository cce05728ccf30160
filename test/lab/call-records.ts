import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { DEADLINE_MS } from './history.js';

/** A leg of a call record (table `call_leg`); times as ISO 8601. */
export interface RecordedLeg {
  readonly attempt: number;
  readonly kind: string;
  readonly target: string;
  readonly called: string;
  readonly calling: string | null;
  readonly createdAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string;
  readonly q850: number;
  readonly sip: number | null;
}

/** An ended call as the exchange recorded it (table `call`). */
export interface RecordedCall {
  readonly id: string;
  readonly dialled: string;
  readonly reading: string | null;
  readonly called: string | null;
  readonly calling: string | null;
  readonly startedAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string;
  readonly endedBy: string | null;
  readonly reason: string | null;
  readonly q850: number | null;
  readonly sip: number | null;
  readonly trace: {
    readonly steps: readonly object[];
    readonly candidates: readonly object[];
    readonly identity?: string;
  };
  readonly legs: readonly RecordedLeg[];
}

/** No bell rings when a call's end is stored (only for ordered calls), so whoever waits for it looks. */
const LOOK_EVERY_MS = 100;

/** Latest ended call of a device since a time, with its legs as JSON. */
const ENDED_CALL = `
  SELECT c.id, c.dialled, c.reading, c.called, c.calling, c.started_at AS "startedAt", c.ringing_at AS "ringingAt",
         c.answered_at AS "answeredAt", c.ended_at AS "endedAt", c.ended_by AS "endedBy", c.reason, c.q850, c.sip, c.trace,
         (SELECT coalesce(json_agg(json_build_object(
            'attempt', l.attempt, 'kind', l.kind, 'target', l.target, 'called', l.called, 'calling', l.calling,
            'createdAt', l.created_at, 'ringingAt', l.ringing_at, 'answeredAt', l.answered_at, 'endedAt', l.ended_at,
            'q850', l.q850, 'sip', l.sip) ORDER BY l.leg), '[]')
            FROM call_leg l WHERE l.call_id = c.id) AS legs
    FROM call c JOIN device d ON d.id = c.device_id
   WHERE d.username = $1 AND c.started_at >= $2 AND c.ended_at IS NOT NULL
   ORDER BY c.started_at DESC LIMIT 1`;

/** Reads call records as they are completed. */
export class CallRecords {
  private constructor(private readonly client: pg.Client) {}

  static async open(databaseUrl: string): Promise<CallRecords> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new CallRecords(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** The record of the latest call of this device since `since`, as soon as it is complete. */
  async ended(username: string, since: Date, within = DEADLINE_MS): Promise<RecordedCall> {
    const deadline = performance.now() + within;
    for (;;) {
      const { rows } = await this.client.query<RecordedCall>(ENDED_CALL, [username, since]);
      if (rows[0]) return rows[0];
      if (performance.now() >= deadline)
        throw new Error(`no ended call of ${username} was recorded within ${within} ms`);
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  /** User names of the demo world's phones. */
  async phones(): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ username: string }>(
      "SELECT username FROM device WHERE enabled AND kind = 'sip' AND username LIKE 'lab-%' ORDER BY username",
    );
    return rows.map(({ username }) => username);
  }
}
