import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WORK_BITS } from '../../../src/exchange/number-pages/domain/work.js';
import { newId } from '../../../src/kernel/ids.js';
import { Secret } from '../../../src/kernel/secret.js';
import { ask, type SignedIn } from '../../support/http-client.js';
import { SmtpSink } from '../../support/smtp-sink.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';
import { Guest, PhoneWorld } from './phone-world.js';

const PIN = '0262006200082';
const PRIVATE = '0262006300082';
const NOBODYS = '0262006400082';
let world: PhoneWorld;
let sink: SmtpSink;
let redis: TestRedis;
let holder: SignedIn;

beforeAll(async () => {
  [sink, redis] = await Promise.all([SmtpSink.open(), testRedis()]);
  world = await PhoneWorld.open(
    ['web', 'worker'],
    (config) => ({ mail: { ...config.mail, smtp: new Secret(sink.url) } }),
    redis.url,
  );
  const memberId = await world.member('Lee Bomin');
  holder = await world.account('member', { memberId });
  for (const key of [PIN, PRIVATE])
    await world.db.run(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, $2, 'pin', '082', 'KR', left($2, 10), $2, $3)`,
      [newId(), key, memberId],
    );
  await world.db.run(
    `INSERT INTO number_shadow (assignment_id, country, e164, verified_at)
     SELECT id, 'KR', '+82262006200', now() FROM number_assignment WHERE key = $1`,
    [PIN],
  );
  await world.db.run(
    `INSERT INTO email_identity (id, member_id, address, verified_at)
     VALUES ($1, $2, 'bomin@mail.example', now()), ($3, $2, 'claimed@mail.example', NULL)`,
    [newId(), memberId, newId()],
  );
  await world.db.run(
    "INSERT INTO domain_identity (id, member_id, domain, verified_at) VALUES ($1, $2, 'bomin.example', now())",
    [newId(), memberId],
  );
});
afterAll(async () => {
  await world.close();
  await redis.remove();
  await sink.close();
});

const show = (body: unknown) => world.ask(holder, `PUT /v1/numbers/${PIN}/page`, body);
const look = (text: string) => ask(world.url, `GET /v1/resolve/${encodeURIComponent(text)}`);
async function worked(number: string) {
  const path = `/v1/resolve/${encodeURIComponent(number)}`;
  const { challenge } = (await ask(world.url, `GET ${path}/challenge`)).body as { challenge: string };
  for (let nonce = 0; ; nonce++) {
    const hash = createHash('sha256').update(`${challenge}:${nonce}`).digest();
    if (hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0) return { path, challenge, nonce: String(nonce) };
  }
}
/** As if it came from there; the server trusts a proxy on its own machine. */
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

describe('what the web shows of a number', () => {
  it('given_a_home_page_on_a_proved_domain_when_looked_up_in_any_spelling_then_it_is_told', async () => {
    expect(
      (await show({ shows: 'home-page', title: 'Bomin', homePage: 'https://evil.example/' })).status,
    ).toBe(422);
    expect(
      (await show({ shows: 'home-page', title: 'Bomin', homePage: 'https://bomin.example.evil.example/' }))
        .status,
    ).toBe(422);
    expect((await show({ shows: 'home-page', title: 'Bomin', homePage: 'javascript:alert(1)' })).status).toBe(
      400,
    );
    expect(
      (await show({ shows: 'home-page', title: 'Bomin', homePage: 'https://www.bomin.example/me' })).status,
    ).toBe(200);
    for (const spelling of ['02-6200-6200-082', PIN, '0262006200*082', '+82 2 6200 6200'])
      expect((await look(spelling)).body).toEqual({
        shows: 'home-page',
        title: 'Bomin',
        homePage: 'https://www.bomin.example/me',
      });
  });

  it('given_a_page_when_its_card_is_asked_for_then_it_is_a_vcard_in_which_no_title_can_put_a_line_and_a_private_number_has_none', async () => {
    await show({ shows: 'call', title: 'Bomin, Lee; Seoul' });
    const card = await ask(world.url, 'GET /v1/resolve/02-6200-6200-082/card.vcf');
    expect(card.headers.get('content-type')).toMatch(/^text\/vcard/);
    expect(card.text.split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:Bomin\\, Lee\\; Seoul',
      'TEL;VALUE=text:02-6200-6200-082',
      expect.stringMatching(/^URL:https?:\/\/.+\/n\/02-6200-6200-082$/),
      'END:VCARD',
      '',
    ]);
    for (const number of [PRIVATE, NOBODYS])
      expect((await ask(world.url, `GET /v1/resolve/${number}/card.vcf`)).status).toBe(404);
    const spelled = encodeURIComponent(`${PIN}\rTEL:+66666`);
    expect((await ask(world.url, `GET /v1/resolve/${spelled}/card.vcf`)).text).not.toContain('\rTEL:+66666');
  });

  it('given_a_private_number_one_that_is_nobodys_and_nonsense_then_all_answers_are_the_same_bytes', async () => {
    const answers = await Promise.all([PRIVATE, NOBODYS, 'nonsense', '119', '+8227777'].map(look));
    const told = answers.map(({ status, text, headers }) => [
      status,
      text,
      headers.get('etag'),
      headers.get('cache-control'),
    ]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]?.[1]).toBe('{"shows":"nothing"}');
    const again = await fetch(`${world.url}/v1/resolve/${PRIVATE}`, {
      // fetch asks for no cached answer of its own accord.
      headers: { 'if-none-match': answers[0]?.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('given_a_number_that_changes_hands_then_nothing_of_before_is_shown', async () => {
    await show({ shows: 'call', title: 'Bomin' });
    const before = await world.db.rows<{ holder: string }>(
      'SELECT holder_id AS holder FROM number_assignment WHERE key = $1',
      [PIN],
    );
    const other = await world.member('Somebody else');
    await world.db.run('UPDATE number_assignment SET holder_id = $2 WHERE key = $1', [PIN, other]);
    expect((await look(PIN)).body).toEqual({ shows: 'nothing' });
    await world.db.run('UPDATE number_assignment SET holder_id = $2 WHERE key = $1', [
      PIN,
      before[0]?.holder,
    ]);
  });

  it('given_somebody_elses_number_when_changed_then_it_is_unknown', async () => {
    const stranger = await world.account('member', { memberId: await world.member('Stranger') });
    const answer = await world.ask(stranger, `PUT /v1/numbers/${PIN}/page`, { shows: 'call', title: 'Mine' });
    expect(answer.status).toBe(404);
  });

  it('given_numbers_without_a_contract_then_their_holder_and_his_companys_administrator_list_them_with_what_they_show', async () => {
    const company = await world.member('Hanbit');
    await world.db.run(
      `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
       VALUES ($1, '62006209#', 'vns', '082', 'KR', '62006209', '6200-6209#082', $2)`,
      [newId(), company],
    );
    const admin = await world.account('company-admin', { companyId: company });
    await world.ask(admin, 'PUT /v1/numbers/62006209%23/page', { shows: 'call', title: 'Hanbit' });
    const listed = async (who: SignedIn, query = '') =>
      (await world.ask(who, `GET /v1/number-pages${query}`)).body as {
        items: { key: string; shows: string }[];
        nextCursor: string | null;
      };
    expect((await listed(admin)).items).toMatchObject([{ key: '62006209#', shows: 'call', title: 'Hanbit' }]);
    const first = await listed(holder, '?limit=1');
    const second = await listed(holder, `?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ key }) => key)).toEqual([PIN, PRIVATE]);
    expect(second.nextCursor).toBeNull();
  });

  it('given_somebody_who_tries_many_numbers_then_he_is_told_to_wait', async () => {
    const looks = await Promise.all(
      Array.from({ length: 61 }, (_, place) =>
        ask(world.url, `GET /v1/resolve/02620000${place}`, from('192.0.2.66')),
      ),
    );
    expect(looks.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await look(PRIVATE)).status).toBe(200);
  });
});

describe('the form that mails the holder', () => {
  const words = { name: 'Ann', replyTo: 'ann@visitor.example', text: 'Hello\r\nBcc: all@example.com' };

  it('given_work_is_done_when_written_then_the_holder_has_a_mail_and_his_address_is_told_nowhere', async () => {
    expect((await show({ shows: 'mail', title: 'Bomin', mailTo: 'claimed@mail.example' })).status).toBe(422);
    expect((await show({ shows: 'mail', title: 'Bomin', mailTo: 'bomin@mail.example' })).status).toBe(200);
    expect((await look(PIN)).text).not.toContain('mail.example');
    const { path, ...work } = await worked(PIN);
    const sent = await ask(world.url, `POST ${path}/mails`, { body: { ...words, ...work } });
    expect([sent.status, sent.text]).toEqual([202, '']);
    const mail = await sink.mails.first('the letter', () => true);
    expect(mail.to).toContain('bomin@mail.example');
    expect(mail.raw).toMatch(/^Reply-To: .*ann@visitor\.example/m);
    expect(mail.raw).not.toMatch(/^Bcc:/m);
    // The same work is good once.
    expect((await ask(world.url, `POST ${path}/mails`, { body: { ...words, ...work } })).status).toBe(429);
  });

  it('given_no_work_a_machine_or_a_number_without_a_form_then_nothing_is_mailed_and_nothing_is_told', async () => {
    const lazy = { ...words, challenge: 'x', nonce: '1' };
    expect((await ask(world.url, `POST /v1/resolve/${PIN}/mails`, { body: lazy })).status).toBe(422);
    for (const [number, website] of [
      [PIN, 'https://spam.example'],
      [PRIVATE, ''],
      [NOBODYS, ''],
    ] as const) {
      const { path, ...work } = await worked(number);
      const answer = await ask(world.url, `POST ${path}/mails`, { body: { ...words, ...work, website } });
      expect([answer.status, answer.text]).toEqual([202, '']);
    }
    const waiting = await world.db.rows("SELECT FROM outgoing_mail WHERE state = 'waiting'");
    expect(waiting).toEqual([]);
  });
});

describe('a call from the page', () => {
  it('given_the_holder_wants_calls_when_asked_for_then_a_telephone_is_made_that_reaches_this_number_once', async () => {
    await show({ shows: 'call', title: 'Bomin' });
    const { path, ...work } = await worked('+82 2 6200 6200');
    const made = await ask(world.url, `POST ${path}/calls`, { body: work });
    expect(made.status).toBe(201);
    const pass = made.body as { username: string; token: string; dialled: string };
    expect(pass.dialled).toBe(PIN);
    const [endpoint] = await world.db.rows<{ context: string; set_var: string }>(
      'SELECT context, set_var FROM ps_endpoints WHERE id = $1',
      [pass.username],
    );
    expect(endpoint).toEqual({ context: 'visitors', set_var: `ANYDIAL_FACTS=KR,web-visitors,,,,,,${PIN}` });

    const query = `?visit=${pass.token}`;
    const inside = await world.knock({ query });
    expect(inside).toBeInstanceOf(Guest);
    expect(await world.knock({ query })).toBe(401);
    await (inside as Guest).leave();
    // Whoever has left has no telephone any more.
    let left: readonly object[];
    do left = await world.db.rows('SELECT FROM ps_endpoints WHERE id = $1', [pass.username]);
    while (left.length > 0);
  });

  it('given_a_number_that_takes_no_calls_from_the_web_then_private_and_nobodys_are_the_same', async () => {
    const told = [];
    for (const number of [PRIVATE, NOBODYS]) {
      const { path, ...work } = await worked(number);
      const { status, body } = await ask(world.url, `POST ${path}/calls`, { body: work });
      told.push({ status, code: (body as { code: string }).code });
    }
    expect(told).toEqual(Array(2).fill({ status: 404, code: 'number-page.unknown' }));
  });
});
