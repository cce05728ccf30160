import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Sql } from '../../infra/db/sql.js';
import { currency, formatAmount, type Money, money, parseMoney } from '../../kernel/money.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { Secret } from '../../kernel/secret.js';
import type { DisputeEvent } from '../domain/dispute-states.js';
import { checkSignature, signed } from './signature.js';
import { eventMalformed, testPaymentUnknown } from './top-up.failures.js';
import type {
  Begun,
  PaymentFact,
  Refunding,
  RefundOrder,
  ToldEvent,
  TopUpOrder,
  TopUpPort,
} from './top-up-port.js';

/** A message as the provider sends it: whoever carries it may be late, carry it twice, or let another one overtake. */
export interface SignedEvent {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}
type Decision = 'paid' | 'declined' | 'expired';

const told = z.object({
  id: z.string(),
  kind: z.enum(['paid', 'failed', 'expired', 'refunded', 'refund-failed', 'disputed']),
  became: z.enum(['asked', 'opened', 'won', 'lost', 'dropped']).optional(),
  key: z.string(),
  payment: z.string(),
  providerId: z.string(),
  amount: z.string(),
  currency: z.string(),
  at: z.iso.datetime(),
});

/**
 * A payment provider without money, for demos and tests: it keeps books of its own, has a page to pay at, signs its events
 * and is idempotent by key, as a real one. No event comes by itself: `decide` and `decideRefund` return what it sends.
 */
export class TestProviderPort implements TopUpPort {
  readonly name = 'test';

  constructor(
    private readonly books: Sql,
    private readonly secret: Secret,
    private readonly publicUrl: string,
  ) {}

  async begin({ key, amount, returnUrl }: TopUpOrder): Promise<Begun> {
    const reference = `tp_${randomBytes(12).toString('hex')}`;
    const [row] = await this.books.rows<{ reference: string }>(
      `INSERT INTO test_payment (reference, key, amount_micros, currency, return_url) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING reference`,
      [reference, key, amount.micros, amount.currency, returnUrl],
    );
    const known = row?.reference ?? reference;
    return { kind: 'redirect', reference: known, url: `${this.publicUrl}/test-payments/${known}` };
  }

  async refund({ key, payment, amount }: RefundOrder): Promise<Refunding> {
    const made = await this.books.run(
      `UPDATE test_payment SET refunds = refunds || jsonb_build_object($2::text, $3::text)
        WHERE reference = $1 AND state = 'paid'`,
      [payment, key, formatAmount(amount)],
    );
    return made === 1
      ? { kind: 'under-way', providerId: `tr_${key}` }
      : { kind: 'refused', reason: 'that payment was never made' };
  }

  async look(reference: string): Promise<PaymentFact | undefined> {
    const found = await this.find(reference);
    if (!found.ok || found.value.state === 'open') return undefined;
    const { key, state, amount } = found.value;
    if (state === 'paid') return { kind: 'paid', key, payment: reference, amount, at: new Date() };
    return state === 'declined'
      ? { kind: 'failed', key, reason: 'declined' }
      : { kind: 'expired', key, reason: 'nobody paid in time' };
  }

  read(
    body: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
    now: Date,
  ): Result<ToldEvent, Failure> {
    const genuine = checkSignature(this.secret, headers['test-signature'], body, now);
    if (!genuine.ok) return genuine;
    const parsed = told.safeParse(jsonOf(body));
    const amount = parsed.success ? parseMoney(parsed.data.amount, parsed.data.currency) : undefined;
    if (!parsed.success || amount?.ok !== true) return err(eventMalformed());
    const { id: eventId, kind, key, payment, providerId, became } = parsed.data;
    return ok({
      eventId,
      kind,
      fact: factOf({ kind, key, payment, providerId, became }, amount.value, new Date(parsed.data.at)),
    });
  }

  /** What the payer does at the page; returns the event of it. Deciding twice changes nothing: the first counts. */
  async decide(reference: string, decision: Decision): Promise<Result<SignedEvent, Failure>> {
    await this.books.run(`UPDATE test_payment SET state = $2 WHERE reference = $1 AND state = 'open'`, [
      reference,
      decision,
    ]);
    const found = await this.find(reference);
    if (!found.ok) return found;
    const { key, state, amount } = found.value;
    const kind = state === 'paid' ? 'paid' : state === 'expired' ? 'expired' : 'failed';
    return ok(this.event(`${reference}.${kind}`, { kind, key, payment: reference, providerId: '' }, amount));
  }

  /** The event of a refund, ours by its key or (any other id) one made at the provider. */
  async decideRefund(
    reference: string,
    refund: { readonly id: string; readonly amount: Money; readonly outcome: 'refunded' | 'refund-failed' },
  ): Promise<Result<SignedEvent, Failure>> {
    const found = await this.find(reference);
    if (!found.ok) return found;
    const fact = { kind: refund.outcome, key: refund.id, payment: reference, providerId: `tr_${refund.id}` };
    return ok(this.event(`${refund.id}.${refund.outcome}`, fact, refund.amount));
  }

  /** The event of a payer who contests the payment at his bank, and of what becomes of that. */
  async decideDispute(
    reference: string,
    dispute: { readonly id: string; readonly amount: Money; readonly became: DisputeEvent },
  ): Promise<Result<SignedEvent, Failure>> {
    const found = await this.find(reference);
    if (!found.ok) return found;
    const { id, became, amount } = dispute;
    const fact = {
      kind: 'disputed',
      key: found.value.key,
      payment: reference,
      providerId: id,
      became,
    } as const;
    return ok(this.event(`${id}.${became}`, fact, amount));
  }

  async find(reference: string): Promise<Result<TestPayment, Failure>> {
    const [row] = await this.books.rows<Omit<TestPayment, 'amount'> & { micros: string; currency: string }>(
      `SELECT key, state, amount_micros AS micros, currency, return_url AS "returnUrl", refunds FROM test_payment
        WHERE reference = $1`,
      [reference],
    );
    if (row === undefined) return err(testPaymentUnknown());
    const { micros, currency: code, ...payment } = row;
    return ok({ ...payment, amount: money(BigInt(micros), currency(code)) });
  }

  private event(id: string, of: Told, amount: Money): SignedEvent {
    const at = new Date();
    const content = {
      id,
      ...of,
      amount: formatAmount(amount),
      currency: amount.currency,
      at: at.toISOString(),
    };
    const body = Buffer.from(JSON.stringify(content));
    return { body, headers: { 'test-signature': signed(this.secret, body, at) } };
  }
}

export interface TestPayment {
  readonly key: string;
  readonly state: 'open' | Decision;
  readonly amount: Money;
  readonly returnUrl: string;
  readonly refunds: Readonly<Record<string, string>>;
}
type Told = Pick<z.output<typeof told>, 'kind' | 'key' | 'payment' | 'providerId' | 'became'>;

function factOf(
  { kind, key, payment, providerId, became }: Told,
  amount: Money,
  at: Date,
): PaymentFact | undefined {
  if (kind === 'paid') return { kind, key, payment, amount, at };
  if (kind === 'failed' || kind === 'expired') return { kind, key, reason: kind };
  if (kind !== 'disputed') return { kind, key, payment, providerId, amount, at };
  return became && { kind, became, payment, providerId, amount, at };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
