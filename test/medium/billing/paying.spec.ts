import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BankFilePort } from '../../../src/billing/settlement/bank-file.port.js';
import {
  advancePayment,
  confirmPayment,
  retryPayment,
} from '../../../src/billing/settlement/paying.service.js';
import type {
  PaymentOrder,
  PaymentOutcome,
  PaymentPort,
} from '../../../src/billing/settlement/payment-port.js';
import { type SettlementWorld, settlementWorld, statement } from './settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await settlementWorld();
});
afterAll(() => world.remove());

/** A provider whose answers the test chooses; remembers what it was told and asked. */
class ToldPort implements PaymentPort {
  readonly name = 'told';
  readonly told: string[] = [];
  readonly asked: string[] = [];
  answer: () => Promise<PaymentOutcome> = async () => ({ kind: 'accepted', reference: 'r' });
  pay(order: PaymentOrder): Promise<PaymentOutcome> {
    this.told.push(order.key);
    return this.answer();
  }
  look(order: PaymentOrder): Promise<PaymentOutcome> {
    this.asked.push(order.key);
    return this.answer();
  }
}

describe('paying a carrier', () => {
  async function approved(id: string): Promise<string> {
    await world.carrier(id, 2);
    const settlementId = await world.opened(id);
    await world.importText(settlementId, statement([{ minute: 0 }, { minute: 1 }]));
    await world.match(settlementId);
    const done = await world.approve(settlementId);
    if (!done.ok) throw new Error(done.failure.message);
    return settlementId;
  }
  const confirm = (id: string, outcome: 'paid' | 'failed') =>
    world.tx((tx) =>
      confirmPayment(tx, id, { outcome, at: new Date('2026-12-20T00:00:00Z'), detail: 'statement 12' }),
    );
  const order = async (id: string) =>
    (
      await world.sql.rows<{ state: string; document: string | null; detail: string | null }>(
        'SELECT state, document, detail FROM payment_order WHERE settlement_id = $1',
        [id],
      )
    )[0];

  it('writes a bank file, and books the payment once when it is confirmed', async () => {
    const id = await approved('by-file');
    const before = await world.bank();
    expect(await advancePayment(world.tx, new BankFilePort(), id)).toBe(true);
    expect((await order(id))?.document).toContain('<InstdAmt Ccy="EUR">0.12</InstdAmt>');
    expect((await order(id))?.document).toContain('<Dt>2026-12-19</Dt>');
    expect(await confirm(id, 'paid')).toMatchObject({ ok: true });
    expect(await confirm(id, 'paid')).toMatchObject({ failure: { code: 'payment-order.not-allowed' } });
    expect([await world.payable('by-file'), await world.bank()]).toEqual([0n, before - 120_000n]);
    expect((await world.settlement(id)).state).toBe('paid');
    expect(await advancePayment(world.tx, new BankFilePort(), id)).toBe(true);
  });

  it('given_no_answer_when_tried_again_then_it_asks_and_never_tells_twice', async () => {
    const [id, port] = [await approved('no-answer'), new ToldPort()];
    port.answer = async () => ({ kind: 'unknown', reason: 'timed out' });
    expect(await advancePayment(world.tx, port, id)).toBe(false);
    expect(await advancePayment(world.tx, port, id)).toBe(false);
    expect(await order(id)).toMatchObject({ state: 'sending', detail: 'timed out' });
    port.answer = async () => ({ kind: 'accepted', reference: 'r' });
    expect(await advancePayment(world.tx, port, id)).toBe(true);
    expect([port.told.length, port.asked.length]).toEqual([1, 2]);
    expect(await order(id)).toMatchObject({ state: 'sent' });
  });

  it('given_a_crash_between_telling_and_noting_when_started_again_then_it_asks', async () => {
    const [id, port] = [await approved('crashed'), new ToldPort()];
    port.answer = () => Promise.reject(new Error('killed'));
    await expect(advancePayment(world.tx, port, id)).rejects.toThrow('killed');
    port.answer = async () => ({ kind: 'accepted', reference: 'r' });
    await advancePayment(world.tx, port, id);
    expect([port.told.length, port.asked.length]).toEqual([1, 1]);
  });

  it('given_two_workers_at_once_when_paying_then_the_provider_is_told_once', async () => {
    const [id, port] = [await approved('two-workers'), new ToldPort()];
    await Promise.all([1, 2, 3].map(() => advancePayment(world.tx, port, id)));
    expect(port.told).toHaveLength(1);
  });

  it('is told again under another key only after it was refused or failed at the bank', async () => {
    const [id, port] = [await approved('refused'), new ToldPort()];
    port.answer = async () => ({ kind: 'refused', reason: 'account closed' });
    await advancePayment(world.tx, port, id);
    expect(await order(id)).toMatchObject({ state: 'failed', detail: 'account closed' });
    expect((await world.settlement(id)).state).toBe('approved');
    expect(await world.tx((tx) => retryPayment(tx, id))).toMatchObject({ ok: true });
    expect(await world.tx((tx) => retryPayment(tx, id))).toMatchObject({ ok: false });
    port.answer = async () => ({ kind: 'accepted', reference: 'r' });
    await advancePayment(world.tx, port, id);
    expect(new Set(port.told).size).toBe(2);
    expect(await confirm(id, 'failed')).toMatchObject({ ok: true });
    expect(await world.payable('refused')).toBe(-120_000n);
    expect((await world.settlement(id)).state).toBe('approved');
  });
});
