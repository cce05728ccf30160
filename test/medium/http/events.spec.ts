import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Db } from '../../../src/infra/db/db.js';
import { EventHub } from '../../../src/infra/http/events/event-hub.js';
import { PageEvents } from '../../../src/infra/http/events/page-events.js';
import { EVERY, PageTopics } from '../../../src/infra/http/events/page-topics.js';
import type { UserRole } from '../../../src/infra/http/policies.js';
import { newId } from '../../../src/kernel/ids.js';
import { addAccount } from '../../support/accounts.js';
import { EventPage } from '../../support/event-page.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const password = 'correct horse battery';
const [hanbit, other] = [newId(), newId()];

describe('events for pages', () => {
  let database: TestDatabase;
  let web: TestApp;
  let elsewhere: TestApp;
  let db: Db;
  let ann: SignedIn;
  let open: EventPage[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    const choices = { databaseUrl: database.url, redisUrl: nowhere };
    [web, elsewhere] = await Promise.all([testApp(choices), testApp(choices)]);
    db = web.app.get(Db);
    web.app.get(PageTopics).add({
      name: 'test-calls',
      policy: 'calls.read',
      hear: ({ companyId }, asked) => {
        if (companyId === null) return asked ?? EVERY;
        return asked === undefined || asked === companyId ? companyId : undefined;
      },
    });
    ann = await somebody('ann', ['support'], hanbit);
  });
  afterEach(async () => {
    await Promise.all(open.map((page) => page.leave()));
    open = [];
  });
  afterAll(async () => {
    await Promise.all([web.close(), elsewhere.close()]);
    await database.remove();
  });

  async function somebody(name: string, roles: UserRole[], companyId?: string): Promise<SignedIn> {
    const id = await addAccount(db, `${name}@example.com`, password, roles);
    await db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [id, companyId ?? null]);
    return signIn(web.url, `${name}@example.com`, password);
  }
  async function listen(who: SignedIn, topics = 'test-calls', lastId?: string): Promise<EventPage> {
    const page = await EventPage.open(web.url, topics, who.cookie, lastId);
    open.push(page);
    return page;
  }
  const events = () => elsewhere.app.get(PageEvents);
  const at = (key: string) => [{ topic: 'test-calls', key }];

  test('given_another_process_tells_then_whoever_may_hear_it_does_and_others_do_not', async () => {
    const staff = await somebody('staff', ['operator']);
    const stranger = await somebody('stranger', ['support'], other);
    const pages = await Promise.all([ann, staff, stranger].map((who) => listen(who)));
    events().tell(
      { at: at(hanbit), type: 'call.ringing', data: { from: '+8226200' } },
      { at: [...at(hanbit), ...at(other)], type: 'all.told', data: {} },
    );
    await Promise.all(pages.map((page) => page.told('all.told')));
    expect(pages.map((page) => page.types)).toEqual([
      ['call.ringing', 'all.told'],
      ['call.ringing', 'all.told'],
      ['all.told'],
    ]);
    expect((await pages[0]?.told('call.ringing'))?.told).toEqual({
      topic: 'test-calls',
      key: hanbit,
      type: 'call.ringing',
      data: { from: '+8226200' },
    });
  });

  test('given_a_topic_that_is_not_his_or_does_not_exist_when_asked_then_the_same_404', async () => {
    const member = await somebody('member', ['member']);
    const told = async (topics: string, who: SignedIn) => {
      const { status, body } = await ask(web.url, `GET /v1/events?topics=${topics}`, { headers: who.cookie });
      return { status, code: (body as { code: string }).code };
    };
    const unknown = { status: 404, code: 'event-topic.not-found' };
    expect(await told('nothing', ann)).toEqual(unknown);
    expect(await told('test-calls', member)).toEqual(unknown);
    expect(await told(`test-calls:${other}`, ann)).toEqual(unknown);
    expect(await told(`test-calls,test-calls:${other}`, ann)).toEqual(unknown);
    expect(await told('a%20b', ann)).toEqual({ status: 400, code: 'request.invalid' });
  });

  test('given_a_transaction_fails_then_nobody_hears_of_it_and_one_that_commits_is_heard', async () => {
    const page = await listen(ann);
    const event = (type: string) => ({ at: at(hanbit), type, data: {} });
    await web.app
      .get(Db)
      .inTx(async (tx) => {
        web.app.get(PageEvents).after(tx, event('undone'));
        throw new Error('no');
      })
      .catch(() => undefined);
    await db.inTx(async (tx) => web.app.get(PageEvents).after(tx, event('done')));
    await page.told('done');
    expect(page.types).toEqual(['done']);
  });

  test('given_the_connection_broke_when_the_page_comes_back_then_it_hears_what_it_missed_and_nothing_twice', async () => {
    const first = await listen(ann);
    events().tell({ at: at(hanbit), type: 'one', data: {} });
    const { id } = await first.told('one');
    await first.leave();
    const watching = await listen(ann);
    events().tell({ at: at(hanbit), type: 'two', data: {} }, { at: at(other), type: 'foreign', data: {} });
    await watching.told('two');
    const again = await listen(ann, 'test-calls', id);
    expect(again.messages.map(({ name, told }) => told?.type ?? name)).toEqual(['two', 'ready']);
  });

  test('given_an_id_of_another_time_when_the_page_comes_back_then_it_is_told_to_read_everything_anew', async () => {
    for (const id of ['abcdef.1', 'x', '99999999999999999999']) {
      const page = await listen(ann, 'test-calls', id);
      expect(page.messages.map(({ name }) => name)).toEqual(['resync']);
    }
  });

  test('given_postgres_cut_the_line_then_open_pages_are_told_to_read_everything_anew', async () => {
    const page = await listen(ann);
    await db.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'anydial-listen' AND datname = current_database()`,
    );
    await page.next(({ name }) => name === 'resync');
    const back = await listen(ann, 'test-calls', page.messages[0]?.id);
    expect(back.messages.map(({ name }) => name)).toEqual(['resync']);
  });

  test('given_he_signs_out_elsewhere_or_loses_a_role_or_his_key_is_deleted_then_the_stream_ends', async () => {
    const eve = await somebody('eve', ['support', 'member'], hanbit);
    const signedOut = await listen(eve);
    const again = await signIn(web.url, 'eve@example.com', password);
    const kept = await listen(again);
    await ask(elsewhere.url, 'DELETE /v1/sessions/current', { headers: eve.page });
    await signedOut.ended();
    events().tell({ at: at(hanbit), type: 'still-there', data: {} });
    await kept.told('still-there');

    const key = await ask(web.url, 'POST /v1/api-keys', {
      headers: again.page,
      body: { name: 'wall', roles: ['support'] },
    });
    const { id, secret } = key.body as { id: string; secret: string };
    const byKey = await EventPage.open(web.url, 'test-calls', { authorization: `Bearer ${secret}` });
    await ask(web.url, `DELETE /v1/api-keys/${id}`, { headers: again.page });
    await byKey.ended();

    await db.rows(`UPDATE user_account SET roles = '{member}' WHERE email = 'eve@example.com'`);
    await kept.ended();
    await expect(EventPage.open(web.url, 'test-calls', again.cookie)).rejects.toThrow('404');
  });

  test('given_sixteen_pages_listen_then_the_seventeenth_of_the_account_is_refused_and_others_are_not', async () => {
    const bob = await somebody('bob', ['support'], hanbit);
    for (let page = 0; page < 16; page++) await listen(bob);
    await expect(listen(bob)).rejects.toThrow('events.too-many');
    await listen(ann);
    await open[0]?.leave();
    await expect(listen(bob)).resolves.toBeDefined();
  });

  test('given_a_page_does_not_read_then_it_is_cut_off_and_the_others_hear_on', async () => {
    const page = await listen(ann);
    const before = web.app.get(EventHub).size;
    const deaf = await deafPage();
    const cut = once(deaf, 'close');
    expect(web.app.get(EventHub).size).toBe(before + 1);
    const text = 'x'.repeat(7_000);
    for (let round = 0; web.app.get(EventHub).size > before; round++) {
      if (round === 100) throw new Error('a page that does not read is buffered for ever');
      events().tell(
        ...Array.from({ length: 50 }, (_, n) => ({
          at: at(hanbit),
          type: `filling.n${round}`,
          data: { n, text },
        })),
      );
      await page.told(`filling.n${round}`);
    }
    deaf.resume();
    await cut;
    events().tell({ at: at(hanbit), type: 'afterwards', data: {} });
    await page.told('afterwards');
  });

  /** Signed in as ann; hears the answer's head, and reads nothing more. */
  async function deafPage(): Promise<Socket> {
    const { hostname, port } = new URL(web.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write(
      `GET /v1/events?topics=test-calls HTTP/1.1\r\nhost: x\r\ncookie: ${ann.cookie.cookie}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.pause();
    return socket;
  }

  test('given_an_event_too_long_for_notify_then_its_teller_is_told_at_once', () => {
    const event = { at: at(hanbit), type: 'huge', data: { text: 'x'.repeat(8_000) } };
    expect(() => events().tell(event)).toThrow('more than NOTIFY takes');
  });
});
