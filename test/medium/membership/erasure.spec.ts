import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { notPersonal, personalTables } from '../../../src/personal-data.js';
import { giveNumbersBack } from '../../../src/sales/contracts/erasure.service.js';
import { ask as rawAsk } from '../../support/http-client.js';
import { type Customer, Customers, idOf, PASSWORD } from './customers.js';

let shop: Customers;
beforeAll(async () => {
  shop = await Customers.open();
});
beforeEach(() => shop.db.rows('TRUNCATE attempt'));
afterAll(() => shop.close());

const erase = (who: Customer, password = PASSWORD) =>
  shop.ask('POST /v1/me/erasure', { password, confirm: 'erase' }, who);
const exported = async (who: Customer) =>
  (await shop.ask('POST /v1/me/exports', { password: PASSWORD }, who)).body as Record<string, never>;

/** Somebody of whom every part of the product knows something. */
async function known(name: string, phone: string) {
  const email = `${name}@erase.example`;
  const who = await shop.member(email, { name: `${name} Erasable` });
  const { id, accountId } = who;
  await shop.ask('PATCH /v1/me', { name: `${name} Erasable` }, who);
  await shop.ask('POST /v1/me/consents', { purpose: 'marketing', version: '1' }, who);
  await shop.ask(
    `PUT /v1/members/${id}/personal-data`,
    { birthDate: '1990-02-28', identityDocument: { kind: 'passport', number: `P${name}`, country: 'KR' } },
    who,
  );
  const contact = idOf(
    await shop.ask(`POST /v1/members/${id}/contact-numbers`, { e164: phone, label: name }, who),
  );
  await shop.ask(`POST /v1/members/${id}/emails`, { address: `call-${email}` }, who);
  await shop.ask(
    'POST /v1/proofs',
    { kind: 'identity', memberId: id, identity: 'contact-numbers', id: contact },
    who,
  );
  await shop.db.rows('UPDATE contact_number SET verified_at = now() WHERE id = $1', [contact]);
  await shop.ask(`PUT /v1/members/${id}/find-me`, { steps: [{ kind: 'contact', target: contact }] }, who);
  const device = await shop.ask(
    `POST /v1/members/${id}/devices`,
    { label: `${name}'s phone`, locationNumber: '+82262006200' },
    who,
  );
  await shop.db.rows(
    `INSERT INTO voice_message (id, mailbox, node, caller_number, duration_ms, received_at) VALUES ($1, $2, 'x', $3, 1000, now())`,
    [newId(), id, '+82262001111'],
  );
  await shop.db.rows(`INSERT INTO ledger_account (kind, owner, currency) VALUES ('member', $1, 'KRW')`, [id]);
  await shop.db.rows(
    `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
     VALUES ($1, $2, 'pin', '082', 'KR', $3, $3, $4)`,
    [newId(), `${phone.replace('+82', '0')}082`, phone.replace('+82', '0'), id],
  );
  return { ...who, accountId, phone, device: device.body as { username: string } };
}

/** Every row of every table that says one of these words. */
async function rowsThatSay(words: readonly string[]): Promise<readonly string[]> {
  const tables = await shop.db.rows<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind = 'r'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await shop.db.rows<{ row: string }>(
      `SELECT t::text AS row FROM "${name}" t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS word WHERE strpos(lower(t::text), lower(word)) > 0)`,
      [words],
    );
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

describe('what is kept of a person', () => {
  test('is known of every table that names a member or an account', async () => {
    const columns = await shop.db.rows<{ table: string }>(
      `SELECT DISTINCT c.table_name AS table FROM information_schema.columns c
         JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name = 'uuid'
          AND c.column_name IN ('member_id', 'account_id', 'holder_id', 'mailbox', 'buyer_id', 'caller_member_id', 'from_account')
          AND c.table_name NOT IN ('member', 'user_account')`,
    );
    const listed = new Set([...personalTables.map(({ table }) => table), ...Object.keys(notPersonal)]);
    expect(columns.map(({ table }) => table).filter((table) => !listed.has(table))).toEqual([]);
  });

  test('is given to him whole, in one file, and to nobody without the password', async () => {
    const ann = await known('export', '+82262008101');
    const refused = await shop.ask('POST /v1/me/exports', { password: 'wrong' }, ann);
    expect(refused).toMatchObject({ status: 422, body: { code: 'password.mismatch' } });
    const answer = await rawAsk(shop.web.url, 'POST /v1/me/exports', {
      headers: ann.page,
      body: { password: PASSWORD },
    });
    expect(answer.headers.get('content-disposition')).toContain('anydial-export.json');
    expect(answer.body).toMatchObject({
      account: { email: 'export@erase.example', name: 'export Erasable' },
      members: [
        { id: ann.id, personalData: { birthDate: '1990-02-28', identityDocument: { number: 'Pexport' } } },
      ],
      contact_number: [{ e164: '+82262008101' }],
      email_identity: [{ address: 'call-export@erase.example' }],
      device: [{ username: ann.device.username }],
      voice_message: [{ caller_number: '+82262001111' }],
      consent: [{ purpose: 'marketing' }],
      ledger_account: [{ currency: 'KRW' }],
      number_assignment: [{ key: '0262008101082' }],
      control_proof: [{ subject: '+82262008101' }],
    });
    expect(answer.text).not.toMatch(/digest|token_hash|password_hash|code_hash|"sealed"/);
  });

  test('of somebody else is in nobody’s file', async () => {
    const [ann, bob] = [await known('mine', '+82262008102'), await known('theirs', '+82262008103')];
    const text = JSON.stringify(await exported(ann));
    for (const secret of [bob.id, bob.accountId, bob.phone, 'theirs']) expect(text).not.toContain(secret);
  });
});

describe('erasure', () => {
  test('leaves nothing that names him; ledger and consents stay, of a member without a name', async () => {
    const ann = await known('vanish', '+82262008104');
    expect((await erase(ann, 'wrong password')).status).toBe(422);
    expect((await erase(ann)).status).toBe(204);
    const [mail] = await shop.post.to('vanish@erase.example');
    expect(mail?.subject).toContain('is erased');
    const words = ['vanish', ann.device.username, '1990-02-28'];
    expect(await rowsThatSay(words)).toEqual([]);
    const [member] = await shop.db.rows('SELECT name, status FROM member WHERE id = $1', [ann.id]);
    expect(member).toEqual({ name: 'erased', status: 'erased' });
    const kept = await shop.db.rows('SELECT FROM ledger_account WHERE owner = $1', [ann.id]);
    const agreed = await shop.db.rows('SELECT FROM consent WHERE account_id = $1', [ann.accountId]);
    expect([kept.length, agreed.length]).toEqual([1, 1]);
    expect((await shop.ask('GET /v1/me', undefined, ann)).status).toBe(401);
    expect((await shop.ask('POST /v1/sessions', { email: ann.email, password: PASSWORD })).status).toBe(401);
    expect(
      (
        await shop.ask('POST /v1/sessions', {
          email: `erased-${ann.accountId}@erased.invalid`,
          password: 'erased',
        })
      ).status,
    ).toBe(401);
  });

  test('waits while a court wants something of his kept, without saying so, and nothing of him is gone', async () => {
    const ann = await known('held', '+82262008115');
    await shop.db.run(`INSERT INTO legal_hold (member_id, reason, placed_by) VALUES ($1, 'a court', $2)`, [
      ann.id,
      ann.accountId,
    ]);
    const refused = await erase(ann);
    expect(refused).toMatchObject({ status: 409, body: { code: 'account.not-allowed' } });
    expect(JSON.stringify(refused.body)).not.toMatch(/court|hold|legal/i);
    expect(await shop.db.rows('SELECT FROM voice_message WHERE mailbox = $1', [ann.id])).toHaveLength(1);
    expect((await exported(ann)) as object).toMatchObject({ contact_number: [{ e164: '+82262008115' }] });
    await shop.db.run('DELETE FROM legal_hold WHERE member_id = $1', [ann.id]);
    expect((await erase(ann)).status).toBe(204);
    expect(await rowsThatSay(['held@erase.example', ann.device.username])).toEqual([]);
  });

  test('gives his numbers back: they ring nobody, and rest', async () => {
    const ann = await known('numbers', '+82262008105');
    await erase(ann);
    const [told] = await shop.db.rows<{ payload: { memberIds: string[] } }>(
      `SELECT payload FROM outbox WHERE topic = 'member.erased' AND payload ->> 'accountId' = $1`,
      [ann.accountId],
    );
    expect(told?.payload.memberIds).toEqual([ann.id]);
    await shop.db.inTx((tx) => giveNumbersBack(tx, told?.payload.memberIds ?? []));
    expect(await shop.db.rows('SELECT FROM number_assignment WHERE holder_id = $1', [ann.id])).toEqual([]);
    expect(await shop.db.rows(`SELECT kind, reason FROM number_claim WHERE key = '0262008105082'`)).toEqual([
      { kind: 'quarantine', reason: 'erased' },
    ]);
  });

  test('waits while a company would have people and no administrator; the last person takes the company along', async () => {
    const admin = await shop.member('boss@erase.example', { kind: 'company', name: 'Erasable Ltd' });
    const other = await shop.account('clerk@erase.example');
    await shop.db.rows('UPDATE user_account SET company_id = $2 WHERE id = $1', [other.accountId, admin.id]);
    expect(await erase(admin)).toMatchObject({ status: 409, body: { code: 'member.not-allowed' } });
    await shop.db.rows('UPDATE user_account SET company_id = NULL WHERE id = $1', [other.accountId]);
    expect((await erase(admin)).status).toBe(204);
    expect(await rowsThatSay(['Erasable Ltd', 'boss@erase.example'])).toEqual([]);
  });

  test('of a member of staff is not done by itself', async () => {
    const ops = await shop.account('staff@erase.example', ['operator']);
    expect((await erase(ops)).status).toBe(409);
  });
});
