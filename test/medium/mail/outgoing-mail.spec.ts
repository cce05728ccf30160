import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { Db } from '../../../src/infra/db/db.js';
import { MailModule } from '../../../src/infra/mail/mail.module.js';
import { MailWorkerModule } from '../../../src/infra/mail/mail-worker.module.js';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import { ok } from '../../../src/kernel/result.js';
import { Secret } from '../../../src/kernel/secret.js';
import { SmtpSink } from '../../support/smtp-sink.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { testModule } from '../../support/test-module.js';
import { nowhere } from '../../support/test-redis.js';

let database: TestDatabase;
let sink: SmtpSink;
let worker: TestingModule;
let outgoing: OutgoingMail;
let db: Db;
beforeAll(async () => {
  [database, sink] = await Promise.all([testDatabase(), SmtpSink.open()]);
  const config = testConfig({ databaseUrl: database.url, redisUrl: nowhere, roles: ['worker'] });
  const mail = { ...config.mail, smtp: new Secret(sink.url) };
  worker = await testModule({ ...config, mail }, {}, { imports: [MailModule, MailWorkerModule] });
  await worker.init();
  outgoing = worker.get(OutgoingMail, { strict: false });
  db = worker.get(Db, { strict: false });
});
beforeEach(() => db.rows('TRUNCATE outgoing_mail'));
afterAll(async () => {
  await worker.close();
  await sink.close();
  await database.remove();
});

const mail = (id: string) => ({ id, to: `${id}@example.com`, subject: 'Hello', text: 'your code: 123456\n' });
const order = (...ids: string[]) =>
  db.inTx(async (tx) => {
    for (const id of ids) await outgoing.order(tx, mail(id));
  });
const arrival = (id: string) => sink.mails.first(id, ({ to }) => to.includes(`${id}@example.com`));
/** As soon as the worker has noted it: it takes the mails one after the other. */
const noted = async (id: string) => {
  await order(`after-${id}`);
  await arrival(`after-${id}`);
  return (await db.rows('SELECT state, sealed, outcome FROM outgoing_mail WHERE id = $1', [id]))[0];
};

test('a mail leaves after the commit, once however often it is ordered, and nothing of it stays', async () => {
  await order('ann', 'ann');
  expect((await arrival('ann')).raw).toContain('123456');
  expect(await noted('ann')).toEqual({ state: 'sent', sealed: null, outcome: null });
  await order('ann');
  await noted('ann');
  expect(sink.mails.items.filter(({ to }) => to.includes('ann@example.com'))).toHaveLength(1);
});

test('a transaction that comes to nothing sends nothing', async () => {
  await db
    .inTx(async (tx) => {
      await outgoing.order(tx, mail('never'));
      throw new Error('changed my mind');
    })
    .catch(() => ok(undefined));
  expect(await noted('never')).toBeUndefined();
  expect(sink.mails.items.some(({ to }) => to.includes('never@example.com'))).toBe(false);
});

test.each([
  ['450', 'waiting'],
  ['550', 'refused'],
  ['cut', 'sending'],
] as const)('what the server answers with %s is noted as %s', async (manner, state) => {
  sink.manners.push(manner);
  await order(`met-${manner}`);
  const row = await noted(`met-${manner}`);
  expect(row).toMatchObject({ state, outcome: expect.any(String) });
});

test('what waited is sent when its time has come', async () => {
  sink.manners.push('450');
  await order('late');
  await noted('late');
  await db.rows(`UPDATE outgoing_mail SET next_at = now() WHERE id = 'late'`);
  await order('bell');
  expect((await arrival('late')).raw).toContain('123456');
});
