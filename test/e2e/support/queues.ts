import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DEADLINE_MS, History } from '../../lab/history.js';
import type { LabPhone } from '../../lab/lab-phone.js';
import { memberOf } from './voicemail.js';

/** What pages are told (channel `page_event`). */
export interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface QueueCallRow {
  readonly id: string;
  readonly callId: string;
  readonly queue: string;
  readonly agent: string | null;
  readonly caller: string | null;
  readonly language: string | null;
  readonly country: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly missed: number;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  readonly score: number | null;
}

const QUEUE_CALLS = `
  SELECT c.id, c.call_id AS "callId", q.name AS queue, a.name AS agent, c.caller_number AS caller, c.language, c.country, c.state,
         c.outcome, c.missed, c.waited_ms AS "waitedMs", c.talked_ms AS "talkedMs", c.score
    FROM queue_call c JOIN call_queue q ON q.id = c.queue_id LEFT JOIN queue_agent a ON a.id = c.agent_id
   WHERE c.entered_at >= $1 ORDER BY c.entered_at, c.id`;

export interface AgentSpec {
  readonly name: string;
  readonly number: string;
  readonly phone: string;
  readonly languages: Readonly<Record<string, number>>;
  readonly country: string;
  readonly supervisor?: boolean;
}

/** Queues and agents of Hanbit, by their names, in the database; and what is told of them. */
export class QueueHouse {
  readonly told = new History<Told>('what pages are told', (one) => JSON.stringify(one));
  readonly queues = new Map<string, string>();
  readonly agents = new Map<string, string>();
  private readonly bells = new Set<() => void>();
  private company = '';

  private constructor(readonly db: pg.Client) {}

  static async open(): Promise<QueueHouse> {
    const db = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await db.connect();
    const house = new QueueHouse(db);
    db.on('notification', ({ channel, payload = '' }) => {
      if (channel === 'page_event') house.told.add(JSON.parse(payload) as Told);
      for (const bell of house.bells) bell();
    });
    await db.query('LISTEN page_event');
    await db.query('LISTEN outbox');
    const { rows } = await db.query<{ id: string }>("SELECT id FROM member WHERE name = 'Hanbit'");
    house.company = rows[0]?.id ?? '';
    return house;
  }

  async addQueue(name: string, columns: Readonly<Record<string, unknown>>): Promise<string> {
    const values: Readonly<Record<string, unknown>> = {
      company_id: this.company,
      name,
      country: 'KR',
      wrap_up_seconds: 0,
      ...columns,
    };
    const names = Object.keys(values);
    const { rows } = await this.db.query<{ id: string }>(
      `INSERT INTO call_queue (id, ${names.join(', ')})
       VALUES (gen_random_uuid(), ${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id`,
      Object.values(values),
    );
    const id = rows[0]?.id ?? '';
    this.queues.set(name, id);
    return id;
  }

  async addAgent(spec: AgentSpec, ...queues: readonly string[]): Promise<void> {
    const { rows } = await this.db.query<{ id: string }>(
      `INSERT INTO queue_agent (id, company_id, member_id, number, name, country, languages, supervisor)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [
        this.company,
        await memberOf(this.db, spec.phone),
        spec.number,
        spec.name,
        spec.country,
        JSON.stringify(spec.languages),
        spec.supervisor ?? false,
      ],
    );
    const id = rows[0]?.id ?? '';
    this.agents.set(spec.name, id);
    for (const queue of queues)
      await this.db.query('INSERT INTO queue_member VALUES ($1, $2)', [this.queues.get(queue), id]);
  }

  /** Other values in the row of that name; what the exchange is told next it does by them. */
  async change(
    table: 'call_queue' | 'queue_agent',
    name: string,
    columns: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const set = Object.keys(columns).map((column, at) => `${column} = $${at + 2}`);
    await this.db.query(`UPDATE ${table} SET ${set.join(', ')} WHERE name = $1`, [
      name,
      ...Object.values(columns),
    ]);
  }

  /** Hanbit's branch in that region is answered by the queue. */
  async point(queue: string, region: string): Promise<void> {
    await this.db.query(
      `INSERT INTO queue_number SELECT $1, b.assignment_id, b.id FROM vns_branch b
         JOIN number_assignment a ON a.id = b.assignment_id WHERE a.key = '62006200#' AND b.region = $2`,
      [this.queues.get(queue), region],
    );
  }

  /** The whole of a number is answered by the queue. */
  async pointNumber(queue: string, key: string): Promise<void> {
    await this.db.query(
      'INSERT INTO queue_number SELECT $1, id, NULL FROM number_assignment WHERE key = $2 ON CONFLICT DO NOTHING',
      [this.queues.get(queue), key],
    );
  }

  /** Whole numbers ring their holders again. */
  async unpointNumbers(): Promise<void> {
    await this.db.query('DELETE FROM queue_number WHERE branch_id IS NULL');
  }

  /** Resolves when the agent's state is told to be so. */
  async agentIs(name: string, state: string, since = 0): Promise<Told> {
    const id = this.agents.get(name);
    return this.told.first(
      `${name} ${state}`,
      ({ type, data }) => type === 'agent.changed' && data['agentId'] === id && data['state'] === state,
      { since },
    );
  }

  /** What is wanted at the web. */
  async wish(wish: Readonly<Record<string, unknown>>): Promise<void> {
    await this.db.query('INSERT INTO queue_wish (wish) VALUES ($1)', [JSON.stringify(wish)]);
  }

  /** He wants a pause; resolves when he has it. */
  async pauses(name: string): Promise<void> {
    const since = this.told.items.length;
    await this.wish({ do: 'pause', agentId: this.agents.get(name), reason: 'lunch' });
    await this.agentIs(name, 'paused', since);
  }

  /** Agents of these names are logged in at their phones, and nobody else. */
  async only(...names: readonly (readonly [name: string, phone: string])[]): Promise<void> {
    for (const [name, id] of this.agents) {
      const since = this.told.items.length;
      const phone = names.find(([one]) => one === name)?.[1];
      await this.wish({ do: 'log-out', agentId: id });
      if (phone === undefined) continue;
      await this.wish({ do: 'log-in', agentId: id, device: phone });
      await this.agentIs(name, 'ready', since);
    }
  }

  /** Visits since then, once so many have ended. */
  async ended(since: Date, count: number): Promise<readonly QueueCallRow[]> {
    return this.until(since, (rows) => rows.filter(({ state }) => state === 'ended').length >= count);
  }

  /** Visits since then, as soon as they are so. */
  async until(
    since: Date,
    isSo: (rows: readonly QueueCallRow[]) => boolean,
    orElse: () => Promise<boolean> = async () => false,
  ): Promise<readonly QueueCallRow[]> {
    let late = false;
    let ring = () => {};
    const bell = () => ring();
    this.bells.add(bell);
    const deadline = setTimeout(() => {
      late = true;
      ring();
    }, DEADLINE_MS);
    try {
      for (;;) {
        const next = new Promise<void>((resolve) => {
          ring = resolve;
        });
        const { rows } = await this.db.query<QueueCallRow>(QUEUE_CALLS, [since]);
        if (isSo(rows) || (await orElse())) return rows;
        if (late) throw new Error(`visits are: ${JSON.stringify(rows, null, 1)}`);
        await next;
      }
    } finally {
      clearTimeout(deadline);
      this.bells.delete(bell);
    }
  }

  /** The recording of a visit, once it is finished. */
  async recording(visit: string): Promise<{ readonly wav: Buffer; readonly keptDays: number }> {
    let found: { id: string; keptDays: number } | undefined;
    await this.until(
      new Date(0),
      () => false,
      async () => {
        const { rows } = await this.db.query<{ id: string; keptDays: number }>(
          `SELECT id, (extract(epoch FROM delete_after - started_at) / 86400)::int AS "keptDays" FROM call_recording
          WHERE queue_call_id = $1 AND duration_ms > 0`,
          [visit],
        );
        found = rows[0];
        return found !== undefined;
      },
    );
    if (found === undefined) throw new Error('nothing was recorded');
    const spool = join(process.env['ANYDIAL_STATE_DIR'] ?? '', 'asterisk/spool/recording/calls');
    return { wav: await readFile(join(spool, `${found.id}.wav`)), keptDays: found.keptDays };
  }

  async close(): Promise<void> {
    await this.db.query('DELETE FROM queue_number');
    await this.db.query('DELETE FROM queue_call');
    await this.db.query('DELETE FROM queue_agent');
    await this.db.query('DELETE FROM call_queue');
    await this.db.query('DELETE FROM queue_caller');
    await this.db.query('DELETE FROM recording_rule');
    await this.db.end();
  }
}

/** The phone rings with a caller, and is answered. */
export async function answers(phone: LabPhone) {
  const arrived = await phone.incoming();
  await arrived.ring();
  await arrived.answer();
  await arrived.answered();
  return arrived;
}
