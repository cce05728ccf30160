import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { attachmentOf, SmtpSink } from '../support/smtp-sink.js';
import { freeze, killAsterisk } from './support/servers.js';
import {
  lamp,
  listensAndSpeaks,
  memberOf,
  messages,
  messagesOf,
  nothingWaits,
  SPOKEN_MS,
  skipsAndSpeaks,
  toneShare,
} from './support/voicemail.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const A_NUMBER = '0262006100082';
const ADDRESS = 'bomin@mail.example';
const ring = { within: SPOKEN_MS };

let sink: SmtpSink;
let mailbox: string;

/** B rings five seconds and reads his mail at an address that he has proved. */
async function rows(db: pg.Client): Promise<void> {
  sink = await SmtpSink.open();
  process.env['SMTP_URL'] = sink.url;
  mailbox = await memberOf(db, 'lab-b');
  await db.query('DELETE FROM find_me WHERE member_id = $1', [mailbox]);
  await db.query(
    `INSERT INTO call_setting (member_id, ring_seconds, voicemail) VALUES ($1, 5, true)
     ON CONFLICT (member_id) DO UPDATE SET ring_seconds = 5, voicemail = true`,
    [mailbox],
  );
  await db.query(
    `INSERT INTO email_identity (id, member_id, address, verified_at) VALUES (gen_random_uuid(), $1, $2, now())
     ON CONFLICT DO NOTHING`,
    [mailbox, ADDRESS],
  );
}

async function noRows(db: pg.Client): Promise<void> {
  await db.query('DELETE FROM voice_message');
  await db.query('UPDATE call_setting SET ring_seconds = 45, voicemail = false WHERE member_id = $1', [
    mailbox,
  ]);
  await db.query('DELETE FROM email_identity WHERE address = $1', [ADDRESS]);
}

const world = inWorld({ rows, noRows });
// Greetings are spoken, and heard to their end.
jest.setTimeout(180_000);
afterAll(async () => {
  delete process.env['SMTP_URL'];
  await sink.close();
});
beforeEach(() => world.records.client.query('DELETE FROM voice_message'));

/** A calls B, who refuses; A is greeted and speaks. */
async function deposit() {
  const { phoneA, phoneB, records } = world;
  const call = await phoneA.dial(B);
  const arrived = await phoneB.incoming(ring);
  await arrived.reject(486);
  await arrived.ended();
  return { call, id: await skipsAndSpeaks(call, records.client, mailbox) };
}

describe('B does not answer', () => {
  it('A leaves a message: the lamp lights, mail comes with what A said; B hears it by *97 and deletes it: the lamp goes out', async () => {
    const { lab, phoneA, phoneB, records } = world;
    const db = records.client;
    const since = lab.wire.messages.items.length;
    const began = new Date();
    const call = await phoneA.dial(B);
    const arrived = await phoneB.incoming();
    await arrived.ring();
    // Nobody lifts: the exchange gives up by itself after five seconds.
    await arrived.ended(ring);
    const id = await listensAndSpeaks(call, db, mailbox);
    await call.stopTone();
    await call.sendDtmf('#');
    expect(await call.ended(ring)).toMatchObject({ by: 'far', cause: 16 });

    const [message] = await messages(db, 'lab-b', 1);
    expect(message).toMatchObject({ id, caller: A_NUMBER, heard: false });
    expect(message?.durationMs).toBeGreaterThan(2_000);
    await lamp(lab, 'lab-b', { waiting: true, counts: '1/0' }, since);
    expect(await records.only(began)).toMatchObject({ reason: 'served', q850: 16 });

    const mail = await sink.mails.first('the mail', ({ to }) => to.includes(ADDRESS));
    expect(mail.raw).toContain(`voice-message.${id}@`);
    expect(toneShare(attachmentOf(mail), 700)).toBeGreaterThan(0.5);

    const listening = lab.wire.messages.items.length;
    const own = await phoneB.dial('*97');
    await own.answered(ring);
    await own.sendDtmf('1');
    await own.hearsTone(700, ring);
    await own.sendDtmf('7');
    expect(await messages(db, 'lab-b', 0)).toEqual([]);
    await lamp(lab, 'lab-b', { waiting: false, counts: '0/0' }, listening);
    await own.hangup();
    await own.ended();
    expect(sink.mails.items).toHaveLength(1);
  });

  it('A hangs up while he speaks: what he said is a message', async () => {
    const { call, id } = await deposit();
    await call.hangup();
    await call.ended();
    expect(await messages(world.records.client, 'lab-b', 1)).toMatchObject([{ id, heard: false }]);
  });

  it('A hangs up at the tone: there is no message', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const call = await phoneA.dial(B);
    await (await phoneB.incoming()).reject(486);
    await call.answered(ring);
    await call.hangup();
    await call.ended();
    await records.only(since);
    expect(await messagesOf(records.client, 'lab-b')).toEqual([]);
  });
});

describe('while A speaks', () => {
  it('the exchange is killed with -9 and A hangs up before it is back: his message is there', async () => {
    const { call, id } = await deposit();
    await world.exchange.kill();
    await call.hangup();
    await call.ended();
    await world.exchange.start();
    expect(await messages(world.records.client, 'lab-b', 1)).toMatchObject([{ id, caller: A_NUMBER }]);
  });

  it('the exchange is killed with -9 and A speaks on: it is one message, and A is thanked', async () => {
    const { call, id } = await deposit();
    await world.exchange.kill();
    await world.exchange.start();
    await call.stopTone();
    await call.sendDtmf('#');
    expect(await call.ended(ring)).toMatchObject({ by: 'far', cause: 16 });
    const [message, ...others] = await messages(world.records.client, 'lab-b', 1);
    expect(others).toEqual([]);
    expect(message?.id).toBe(id);
    expect(message?.durationMs).toBeGreaterThan(2_000);
  });

  it('PostgreSQL is frozen: A is thanked, and the message is there when PostgreSQL is back', async () => {
    const { call, id } = await deposit();
    const thaw = freeze('postgres');
    try {
      await call.stopTone();
      await call.sendDtmf('#');
      await call.ended(ring);
    } finally {
      thaw();
    }
    expect(await messages(world.records.client, 'lab-b', 1)).toMatchObject([{ id }]);
    await nothingWaits(mailbox);
    expect(await messagesOf(world.records.client, 'lab-b')).toHaveLength(1);
  });

  it('Asterisk is killed with -9: what he had said is a message, and the lamp lights when Asterisk is back', async () => {
    const { lab, exchange, records } = world;
    const since = lab.wire.messages.items.length;
    const { id } = await deposit();
    const reconnected = exchange.reconnected();
    killAsterisk();
    await reconnected;
    await lab.hangupAll();
    expect(await messages(records.client, 'lab-b', 1)).toMatchObject([{ id }]);
    await lamp(lab, 'lab-b', { waiting: true, counts: '1/0' }, since);
  });
});
