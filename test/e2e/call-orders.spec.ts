import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { header, uriOf } from '../lab/sip-message.js';
import { callOf, orderEnded, spokenIn, wantCall } from './support/call-order.js';
import { hearEachOther } from './support/talk.js';
import { SPOKEN_MS } from './support/voicemail.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
let phone: { id: string; member: string };
let hanbit: string;
const world = inWorld({
  rows: async (db: pg.Client) => {
    const { rows } = await db.query<{ id: string; member: string; hanbit: string }>(
      `SELECT d.id, d.member_id AS member, (SELECT id FROM member WHERE name = 'Hanbit') AS hanbit
         FROM device d WHERE d.username = 'lab-a'`,
    );
    const [row] = rows;
    if (row === undefined) throw new Error('the lab has no phone A');
    phone = row;
    hanbit = row.hanbit;
  },
});

const onPhone = () => ({ kind: 'device', deviceId: phone.id }) as const;

describe('a call order', () => {
  it('speaks a code digit by digit in the language that it says, hangs up, and tells which keys were pressed', async () => {
    const { phoneA, records } = world;
    const since = new Date();
    const orderId = await wantCall(records.client, {
      ring: onPhone(),
      onAnswer: { do: 'speak', prompt: 'code', digits: '407', times: 2 },
    });
    const arrived = await phoneA.incoming();
    expect(header(await arrived.invite(), 'from')).toContain('Anydial');
    const callId = await callOf(records.client, orderId);
    await arrived.answer();
    await arrived.answered();
    await arrived.sendDtmf('1');
    const once = ['order-code', 'digit-4', 'digit-0', 'digit-7'];
    const spoken = await spokenIn(callId, arrived.ended({ within: SPOKEN_MS }));
    expect(spoken).toEqual([...once, ...once, 'goodbye'].map((name) => `ko sound:anydial/${name}`));
    expect(await arrived.ended()).toMatchObject({ by: 'far', cause: 16 });
    const record = await records.only(since);
    expect(record).toMatchObject({
      origin: 'order',
      reason: 'served',
      legs: [{ target: 'lab-a', q850: 16 }],
    });
    expect(await records.charged(callId)).toBe(0n);
    expect(await orderEnded(records.client, orderId)).toEqual({
      orderId,
      purpose: 'e-e',
      memberId: null,
      state: 'ended',
      cause: 'served',
      answeredAt: new Date(record.answeredAt ?? 0).getTime(),
      connectedAt: null,
      digits: '1',
      callId,
    });
    const { rows } = await records.client.query('SELECT wish FROM call_order WHERE id = $1', [orderId]);
    expect(JSON.stringify(rows)).not.toContain('407');
  });

  it("rings a telephone by the normal route on a company's account and number, charged and accrued", async () => {
    const { lab, records } = world;
    const orderId = await wantCall(records.client, {
      account: { kind: 'member', memberId: hanbit },
      shown: '62006200#082',
      ring: { kind: 'number', e164: '+82262009005' },
      onAnswer: { do: 'speak', prompt: 'message', times: 1 },
    });
    const arrived = await lab.role('gw-kr').incoming();
    const invite = await arrived.invite();
    expect(uriOf(header(invite, 'from') ?? '').user).toBe('0262006000');
    const { state, cause, callId, memberId } = await orderEnded(records.client, orderId);
    expect({ state, memberId }).toEqual({ state: 'ended', memberId: hanbit });
    // The gateway hangs up after its tone, and we after our words: whoever is first.
    expect(['hangup', 'served']).toContain(cause);
    expect(await records.charged(callId)).toBeGreaterThan(0n);
    const { rows } = await records.client.query(
      'SELECT carrier_id AS carrier, amount_micros > 0 AS costs FROM accrual WHERE call_id = $1',
      [callId],
    );
    expect(rows).toEqual([{ carrier: 'gw-kr', costs: true }]);
  });

  it('connects: my phone rings and shows B, B is dialled when I answer and sees the company', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const orderId = await wantCall(records.client, {
      account: { kind: 'member', memberId: hanbit },
      ring: onPhone(),
      onAnswer: { do: 'connect', dial: '02-6200-6200-082' },
    });
    const mine = await phoneA.incoming();
    expect(uriOf(header(await mine.invite(), 'from') ?? '').user).toBe(B);
    await mine.answer();
    const his = await phoneB.incoming();
    expect(header(await his.invite(), 'from')).toMatch(/Hanbit.*6200-?6200/);
    await his.ring();
    await his.answer();
    await Promise.all([mine.answered(), his.answered()]);
    await hearEachOther({ call: mine, arrived: his });
    await his.hangup();
    await Promise.all([mine.ended(), his.ended()]);
    const [first, second] = await records.ended(since, 2);
    expect(first).toMatchObject({ origin: 'order', legs: [{ target: 'lab-a' }] });
    expect(second).toMatchObject({
      origin: 'order',
      called: B,
      reason: 'hangup',
      legs: [{ target: 'lab-b' }],
    });
    expect(await orderEnded(records.client, orderId)).toMatchObject({
      state: 'ended',
      cause: 'connected',
      connectedAt: new Date(second?.answeredAt ?? 0).getTime(),
    });
  });

  it('wanted while the exchange was dead rings when it is back, and one that is too old by then rings nobody', async () => {
    const { exchange, phoneA, records } = world;
    await exchange.kill();
    const late = await wantCall(records.client, {
      ring: { kind: 'number', e164: '+82262009005' },
      onAnswer: { do: 'speak', prompt: 'code', digits: '1', times: 1 },
      expiresAt: new Date().toISOString(),
    });
    const inTime = await wantCall(records.client, {
      ring: onPhone(),
      onAnswer: { do: 'service', service: 'echo' },
    });
    await exchange.start();
    expect(await orderEnded(records.client, late)).toMatchObject({ state: 'refused', cause: 'expired' });
    const arrived = await phoneA.incoming();
    await arrived.reject(486);
    await arrived.ended();
    expect(await orderEnded(records.client, inTime)).toMatchObject({ state: 'ended', cause: 'busy' });
  });

  it('killed while it rings: whoever answers meanwhile is spoken to by the next process, once', async () => {
    const { exchange, phoneA, records } = world;
    const since = new Date();
    const orderId = await wantCall(records.client, {
      ring: onPhone(),
      onAnswer: { do: 'speak', prompt: 'code', digits: '9', times: 1 },
    });
    const arrived = await phoneA.incoming();
    await arrived.ring();
    await exchange.kill();
    await arrived.answer();
    await arrived.answered();
    await exchange.start();
    expect(await arrived.ended({ within: SPOKEN_MS })).toMatchObject({ by: 'far', cause: 16 });
    expect(await records.only(since)).toMatchObject({ reason: 'served' });
    expect(await orderEnded(records.client, orderId)).toMatchObject({ state: 'ended', cause: 'served' });
  });

  it('never goes to an emergency number, nor to B by one', async () => {
    const { phoneA, records } = world;
    const orderId = await wantCall(records.client, {
      ring: onPhone(),
      onAnswer: { do: 'connect', dial: '119' },
    });
    const mine = await phoneA.incoming();
    await mine.answer();
    await mine.ended();
    expect(await orderEnded(records.client, orderId)).toMatchObject({
      cause: 'not-allowed',
      connectedAt: null,
    });
  });
});
