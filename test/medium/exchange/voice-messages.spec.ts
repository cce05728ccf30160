import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DepositNote } from '../../../src/exchange/voicemail/deposit-note.js';
import { MessageSpool } from '../../../src/exchange/voicemail/message-spool.js';
import { MessageStore } from '../../../src/exchange/voicemail/message-store.js';
import { wavOf } from '../../../src/exchange/voicemail/wav.fixture.js';
import { Db } from '../../../src/infra/db/db.js';
import { createLog } from '../../../src/infra/log/log.js';
import { newId } from '../../../src/kernel/ids.js';
import { Secret } from '../../../src/kernel/secret.js';
import { createApp } from '../../../src/start.js';
import { addAccount } from '../../support/accounts.js';
import { ask, type SignedIn, signIn } from '../../support/http-client.js';
import { attachmentOf, SmtpSink } from '../../support/smtp-sink.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type TestRedis, testRedis } from '../../support/test-redis.js';

const password = 'correct horse battery';
const mailbox = newId();
const stranger = newId();
const own = 'bomin@mail.example';

let database: TestDatabase;
let redis: TestRedis;
let sink: SmtpSink;
let spoolDirectory: string;
let app: NestExpressApplication;
let url: string;
let db: Db;
let store: MessageStore;
let spool: MessageSpool;
const people: Partial<Record<'owner' | 'other' | 'ops', SignedIn>> = {};

beforeAll(async () => {
  [database, redis, sink] = await Promise.all([testDatabase(), testRedis(), SmtpSink.open()]);
  spoolDirectory = await mkdtemp(join(tmpdir(), 'anydial-voice-'));
  const config = testConfig({ databaseUrl: database.url, redisUrl: redis.url, roles: ['web', 'worker'] });
  const mail = { ...config.mail, smtp: new Secret(sink.url) };
  app = await createApp({ ...config, mail, asteriskSpoolDir: spoolDirectory }, createLog(config));
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  db = app.get(Db);
  store = app.get(MessageStore, { strict: false });
  spool = new MessageSpool(join(spoolDirectory, 'recording'));
  for (const [id, name] of [
    [mailbox, 'Lee'],
    [stranger, 'Kim'],
  ])
    await db.rows(
      "INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'person', $2, 'ko', 'KR')",
      [id, name],
    );
  for (const [address, verified] of [
    [own, new Date()],
    ['claimed@mail.example', null],
  ])
    await db.rows(
      'INSERT INTO email_identity (id, member_id, address, verified_at) VALUES ($1, $2, $3, $4)',
      [newId(), mailbox, address, verified],
    );
  await addAccount(db, 'ops@example.com', password, ['operator']);
  for (const [email, member] of [
    ['owner@example.com', mailbox],
    ['other@example.com', stranger],
  ] as const) {
    const account = await addAccount(db, email, password, ['member']);
    await db.rows('UPDATE user_account SET member_id = $2 WHERE id = $1', [account, member]);
  }
  people.ops = await signIn(url, 'ops@example.com', password);
  people.owner = await signIn(url, 'owner@example.com', password);
  people.other = await signIn(url, 'other@example.com', password);
});
afterAll(async () => {
  await app.close();
  await sink.close();
  await Promise.all([database.remove(), redis.remove(), rm(spoolDirectory, { recursive: true })]);
});

/** A message with its recording; its row, and with it the event, is written when it resolves. */
async function leave(more: Partial<DepositNote> = {}): Promise<string> {
  const note = {
    id: newId(),
    mailbox,
    callerNumber: '0262006100082',
    receivedAt: '2026-11-23T06:05:00.000Z',
    ...more,
  };
  const path = spool.fileOf(spool.recordingOf(note));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wavOf(2_000));
  expect(await store.add(note, 'n1', 2_000)).toBe('there');
  return note.id;
}
const mailOf = (id: string) =>
  sink.mails.first(`mail about ${id}`, ({ raw }) => raw.includes(`voice-message.${id}@`));
const mailsOf = (id: string) =>
  sink.mails.items.filter(({ raw }) => raw.includes(`voice-message.${id}@`)).length;
const stateOf = async (id: string) => {
  const rows = await db.rows<{ state: string; outcome: string | null; address: string }>(
    'SELECT state, outcome, address FROM voice_message_mail WHERE message_id = $1',
    [id],
  );
  return rows;
};
/** The worker writes down what came of a mail after the server's answer, and tells nobody. */
async function settled(id: string, wanted: (row: { state: string; outcome: string | null }) => boolean) {
  for (const deadline = Date.now() + 10_000; ; ) {
    const [row] = await stateOf(id);
    if (row !== undefined && wanted(row)) return row;
    if (Date.now() > deadline) throw new Error(`the mail's order is ${JSON.stringify(row)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('mail about a voice message', () => {
  it("goes to the owner's proved address alone, in his language, with the recording", async () => {
    const id = await leave();
    const mail = await mailOf(id);
    expect(mail.to).toEqual([own]);
    expect(attachmentOf(mail)).toEqual(wavOf(2_000));
    const [, encoded = ''] = /Subject: =\?UTF-8\?B\?([^?]+)/.exec(mail.raw) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toContain('음성 메시지');
    expect(await settled(id, ({ state }) => state === 'sent')).toMatchObject({
      outcome: 'sent',
      address: own,
    });
    expect(await stateOf(id)).toHaveLength(1);
  });

  it('is sent once, however often the message is stored', async () => {
    const id = newId();
    await leave({ id });
    await leave({ id });
    await mailOf(id);
    await mailOf(await leave());
    expect(mailsOf(id)).toBe(1);
  });

  it('is sent again after the server said "later", and not after it said "never"', async () => {
    sink.manners.push('450', '550');
    const later = await leave();
    await settled(later, ({ outcome }) => outcome?.includes('450') ?? false);
    const never = await leave();
    await settled(never, ({ state }) => state === 'refused');
    await db.rows('UPDATE voice_message_mail SET next_at = now() WHERE message_id = ANY($1)', [
      [later, never],
    ]);
    // Whatever waits goes along with the next one.
    await mailOf(await leave());
    await mailOf(later);
    expect(mailsOf(never)).toBe(0);
  });

  it('is not sent again when the server took it without a word', async () => {
    sink.manners.push('cut');
    const id = await leave();
    await mailOf(id);
    await settled(id, ({ outcome }) => outcome !== null);
    await db.rows('UPDATE voice_message_mail SET next_at = now() WHERE message_id = $1', [id]);
    await mailOf(await leave());
    expect(mailsOf(id)).toBe(1);
    expect(await stateOf(id)).toMatchObject([{ state: 'sending' }]);
  });
});

describe('voice messages over REST', () => {
  const as = (who: keyof typeof people, route: string, body?: unknown) => {
    const [method = '', path = ''] = route.split(' ');
    const headers = method === 'GET' ? people[who]?.cookie : people[who]?.page;
    return ask(url, `${method} /v1/mailboxes/${mailbox}/messages${path}`, {
      ...(headers === undefined ? {} : { headers: { ...headers } }),
      ...(body === undefined ? {} : { body }),
    });
  };

  it('the owner sees, hears, marks and deletes his', async () => {
    await db.rows('DELETE FROM voice_message');
    const id = await leave();
    const list = await as('owner', 'GET ');
    expect(list.body).toMatchObject({
      items: [{ id, callerNumber: '0262006100082', callerName: null, durationMs: 2_000, heardAt: null }],
    });
    const audio = await fetch(`${url}/v1/mailboxes/${mailbox}/messages/${id}/audio`, {
      headers: { ...people.owner?.cookie },
    });
    expect(audio.headers.get('content-type')).toBe('audio/wav');
    expect(Buffer.from(await audio.arrayBuffer())).toEqual(wavOf(2_000));
    expect((await as('owner', `PATCH /${id}`, { heard: true })).status).toBe(204);
    expect((await store.list(mailbox))[0]?.heardAt).toBeInstanceOf(Date);
    expect((await as('owner', `DELETE /${id}`)).status).toBe(204);
    expect(await store.list(mailbox)).toEqual([]);
    await expect(stat(spool.fileOf(spool.recordingOf({ mailbox, id })))).rejects.toThrow('ENOENT');
    expect((await as('owner', `DELETE /${id}`)).status).toBe(404);
  });

  it('nobody else hears them; staff see who called, other members nothing', async () => {
    const id = await leave();
    expect((await as('ops', 'GET ')).status).toBe(200);
    expect((await as('ops', `GET /${id}/audio`)).status).toBe(403);
    for (const route of ['GET ', `GET /${id}/audio`, `DELETE /${id}`])
      expect((await as('other', route)).status).toBe(404);
    expect((await as('other', `PATCH /${id}`, { heard: true })).status).toBe(404);
    expect((await store.list(mailbox)).find((one) => one.id === id)?.heardAt).toBeNull();
  });
});

describe('the mailbox in the database', () => {
  it('has new messages first, each kind in the order of their coming', async () => {
    await db.rows('DELETE FROM voice_message');
    const at = (minute: number) => ({ receivedAt: `2026-11-23T06:0${minute}:00.000Z` });
    const [a, b, c] = [await leave(at(1)), await leave(at(2)), await leave(at(3))];
    await store.setHeard(mailbox, a, true);
    expect((await store.list(mailbox)).map(({ id }) => id)).toEqual([b, c, a]);
    expect(await store.counts(mailbox)).toEqual([{ mailbox, fresh: 2, saved: 1 }]);
  });

  it('takes no message for a member who does not exist', async () => {
    const note = { id: newId(), mailbox: newId(), receivedAt: '2026-11-23T06:05:00.000Z' };
    expect(await store.add(note, 'n1', 2_000)).toBe('unwanted');
  });
});
