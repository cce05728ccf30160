import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Leadership } from '../../../src/crm/queues/leadership.js';
import { LETTERS_CHANNEL } from '../../../src/crm/queues/nodes/queue-post.js';
import { openDesk } from '../../../src/crm/queues/open-desk.js';
import type { QueueHands, QueueService } from '../../../src/exchange/index.js';
import { dataSourceOptions } from '../../../src/infra/db/data-source.js';
import { Db } from '../../../src/infra/db/db.js';
import { Listener } from '../../../src/infra/db/listen.js';
import { PageEvents } from '../../../src/infra/http/events/page-events.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { History } from '../../lab/history.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

const nothing = () => undefined;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing } as never;

let database: TestDatabase;
let pool: pg.Pool;
let dataSource: DataSource;
const [queue, minjun, member] = [newId(), newId(), newId()];
const open: Exchange[] = [];
const told = new History<{ readonly type: string; readonly data: { readonly state?: string } }>(
  'what pages are told',
  JSON.stringify,
);
let pages: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url.reveal(), max: 4 });
  // A connection that is closing may still hear that the database is going away.
  pool.on('error', () => undefined);
  pages = new pg.Client({ connectionString: database.url.reveal() });
  pages.on('notification', ({ payload = '' }) => told.add(JSON.parse(payload)));
  await pages.connect();
  await pages.query('LISTEN page_event');
  dataSource = await new DataSource(await dataSourceOptions(database.url)).initialize();
  await pool.query(
    "INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'person', 'Minjun', 'ko', 'KR')",
    [member],
  );
  await pool.query(
    "INSERT INTO call_queue (id, name, country, languages, wrap_up_seconds, callback) VALUES ($1, 'Seoul', 'KR', '{ko}', 0, true)",
    [queue],
  );
  await pool.query(
    `INSERT INTO queue_agent (id, member_id, number, name, country, languages) VALUES ($1, $2, '201', 'Minjun', 'KR', '{"ko": 100}')`,
    [minjun, member],
  );
  await pool.query('INSERT INTO queue_member VALUES ($1, $2)', [queue, minjun]);
});
afterEach(async () => {
  for (const exchange of open.splice(0)) await exchange.end();
  await pool.query(`DELETE FROM queue_call; DELETE FROM queue_letter; DELETE FROM queue_wish;
    UPDATE queue_agent SET state = 'offline', device = NULL, queue_call_id = NULL, reason = NULL, next = NULL, until = NULL`);
});
afterAll(async () => {
  await pages.end();
  await dataSource.destroy();
  await pool.end();
  await database.remove();
});

/** One exchange's process as far as queues go, with its calls made up: everything it tells another one passes the real tables. */
class Exchange {
  readonly done = new History<string>('what its calls were told', (line) => line);
  readonly calls = new Map<string, string[]>();
  private readonly opened: ReturnType<typeof openDesk>;
  private readonly leadership: Leadership;
  private readonly listener: Listener;
  private readonly gained = Promise.withResolvers<void>();

  constructor(readonly node: string) {
    const db = new Db(dataSource, pool);
    const { url } = database;
    const onGained = () => void this.opened.tookOver().then(this.gained.resolve);
    this.leadership = new Leadership({ url, clock: systemClock, log: quiet, onGained });
    this.opened = openDesk({
      db,
      outbox: new Outbox(db, quiet),
      pages: new PageEvents(db, quiet),
      log: quiet,
      clock: systemClock,
      node,
      leads: () => this.leadership.leads,
    });
    this.listener = new Listener(url, { lost: () => undefined, restored: () => undefined });
    this.listener.on('queues', () => void this.opened.changed());
    this.listener.on(LETTERS_CHANNEL, (leader) => this.opened.desk.heard(leader));
    open.push(this);
  }

  get desk() {
    return this.opened.desk;
  }

  async begin(): Promise<this> {
    const heard = new Promise<void>((resolve) => {
      this.listener.onResync(resolve);
    });
    this.leadership.start();
    this.listener.start();
    await heard;
    await this.desk.prepare(this.hands());
    this.desk.settle();
    return this;
  }

  async leads(): Promise<this> {
    await this.gained.promise;
    return this;
  }

  async end(): Promise<void> {
    if (!open.includes(this)) return this.close();
    open.splice(open.indexOf(this), 1);
    return this.close();
  }

  /** A caller comes, and stands in line. */
  async waits(callId: string, number: string): Promise<void> {
    this.calls.set(callId, []);
    expect(await this.desk.enter(callId, serviceFor(number))).toMatchObject({ facts: { language: 'ko' } });
    this.desk.lineUp(callId);
  }

  rings(callId: string): Promise<string> {
    return this.done.first(`ring ${callId}`, (line) => line === `ring ${callId} ${minjun}`);
  }

  says(type: 'agent.answered' | 'agent.missed' | 'agent.talked' | 'call.over', callId: string): void {
    const more = { at: Date.now(), why: 'no-answer', transferred: false };
    this.desk.news({ type, callId, agentId: minjun, ...more } as never);
  }

  private async close(): Promise<void> {
    this.desk.stop();
    await this.opened.flushed();
    await this.leadership.close();
    await this.listener.close();
  }

  private hands(): QueueHands {
    return {
      ring: (callId, { agentId }) => {
        const call = this.calls.get(callId);
        call?.push(agentId);
        this.done.add(`ring ${callId} ${agentId}`);
        return call !== undefined;
      },
      giveUp: (callId) => void this.done.add(`give up ${callId}`),
      close: (callId, word) => void this.done.add(`close ${callId} ${word}`),
      putThrough: (callId) => this.calls.has(callId),
      agentsOf: (callId) => this.calls.get(callId),
      phonesInUse: () => [],
      record: () => undefined,
    };
  }
}

const serviceFor = (number: string): QueueService => ({
  name: 'queue',
  to: { queue },
  visitor: { country: 'KR', number, dialled: '1' },
  language: 'ko',
});
/** Minjun logs in at a telephone of that exchange. */
async function logsIn({ desk }: Exchange): Promise<void> {
  const since = told.items.length;
  expect(await desk.agent(logIn)).toBe('done');
  await told.first('ready', ({ type, data }) => type === 'agent.changed' && data.state === 'ready', {
    since,
  });
}
const logIn = { wish: 'log-in', member, device: 'phone-minjun', reason: '' } as const;
const rows = async () =>
  (
    await pool.query(
      'SELECT node, caller_number AS caller, state, outcome FROM queue_call ORDER BY entered_at',
    )
  ).rows;

describe('several exchanges', () => {
  test('given_he_comes_to_one_that_does_not_decide_then_he_stands_in_the_one_line_and_is_rung_where_his_call_is', async () => {
    const seoul = await (await new Exchange('seoul').begin()).leads();
    const busan = await new Exchange('busan').begin();
    await logsIn(busan);
    const [first, second] = [newId(), newId()];
    await busan.waits(first, '+82212347001');
    await busan.rings(first);
    busan.says('agent.answered', first);
    await seoul.waits(second, '+82212347002');
    const third = newId();
    await busan.waits(third, '+82212347003');
    expect(await busan.desk.place(third)).toMatchObject({ position: 2, callback: true });
    busan.calls.delete(first);
    busan.says('agent.talked', first);
    await seoul.rings(second);
    seoul.says('call.over', second);
    seoul.says('agent.missed', second);
    expect(await busan.desk.callBack(third)).toBe(true);
    await seoul.end();
    expect(await rows()).toEqual([
      { node: 'busan', caller: '+82212347001', state: 'ended', outcome: 'answered' },
      { node: 'seoul', caller: '+82212347002', state: 'ended', outcome: 'abandoned' },
      { node: 'busan', caller: '+82212347003', state: 'callback', outcome: null },
    ]);
  });

  test('given_the_one_that_decides_is_gone_then_the_next_serves_all_in_the_places_they_had', async () => {
    const seoul = await (await new Exchange('seoul').begin()).leads();
    const busan = await new Exchange('busan').begin();
    const daegu = await new Exchange('daegu').begin();
    await logsIn(seoul);
    const [talks, first, second] = [newId(), newId(), newId()];
    await daegu.waits(talks, '+82212347000');
    await daegu.rings(talks);
    daegu.says('agent.answered', talks);
    await daegu.waits(first, '+82212347001');
    await busan.waits(second, '+82212347002');
    await busan.desk.place(second);
    await seoul.end();
    const next = await Promise.race([busan.leads(), daegu.leads()]);
    // Whichever it is, it has to learn what the other's calls are at.
    daegu.calls.delete(talks);
    daegu.says('agent.talked', talks);
    await daegu.rings(first);
    daegu.says('agent.answered', first);
    daegu.says('agent.talked', first);
    await busan.rings(second);
    expect(next.node).not.toBe('seoul');
  });
});
