import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { standingOf } from '../../../src/billing/accounts.service.js';
import { billAccount } from '../../../src/billing/invoices/invoicing.service.js';
import { addSubscription } from '../../../src/billing/invoices/subscriptions.service.js';
import type { Tx } from '../../../src/infra/db/tx.js';
import { usd } from '../billing/billing-world.js';
import { type InvoiceWorld, invoiceWorld, type Member, must } from './invoice-world.js';

/** PostgreSQL ends the session before the n-th statement of an invoice: a killed worker, seen from both sides. */
let world: InvoiceWorld;
beforeAll(async () => {
  world = await invoiceWorld();
});
afterAll(() => world.remove());

function dying(tx: Tx, before: number, seen: { statements: number }): Tx {
  const orDie = async () => {
    if (seen.statements++ >= before) await tx.rows('SELECT pg_terminate_backend(pg_backend_pid())');
  };
  return {
    ...tx,
    rows: async <Row extends object>(text: string, values?: readonly unknown[]) => {
      await orDie();
      return tx.rows<Row>(text, values);
    },
    run: async (text, values) => {
      await orDie();
      return tx.run(text, values);
    },
  };
}

async function attempt(run: string, account: bigint, before: number): Promise<number> {
  const seen = { statements: 0 };
  await world
    .tx(async (tx) => {
      await billAccount(dying(tx, before, seen), run, account);
      if (before >= seen.statements && before < Number.POSITIVE_INFINITY)
        await tx.rows('SELECT pg_terminate_backend(pg_backend_pid())');
    })
    .catch(() => undefined);
  return seen.statements;
}

async function someone(): Promise<Member> {
  const member = await world.member();
  const wish = {
    account: member.account,
    memberId: null,
    about: 'Number',
    fee: usd(1_000_000n),
    createdBy: 'test',
  };
  await world.tx(async (tx) => must(await addSubscription(tx, { ...wish, startedOn: '2026-02-01' })));
  await world.talks(
    member,
    { at: '2026-02-03T00:00:00Z', seconds: 60 },
    { at: '2026-02-04T00:00:00Z', seconds: 60 },
  );
  return member;
}

describe('the worker that makes an invoice', () => {
  it('given_it_dies_before_any_statement_or_at_commit_when_run_again_then_all_is_on_one_invoice_once', async () => {
    const first = await someone();
    const members = [first];
    for (let n = 0; n < 40; n++) members.push(await someone());
    const run = await world.plan('2026-02-01');
    const statements = await attempt(run, first.account, Number.POSITIVE_INFINITY);
    expect(statements).toBeGreaterThan(12);
    expect(statements).toBeLessThan(members.length);
    for (const [before, { account }] of members.slice(1, statements + 2).entries()) {
      await attempt(run, account, before);
      expect(await world.invoices(account)).toHaveLength(0);
      expect(await standingOf(world.sql, account)).toMatchObject({ credit: usd(-120_000n) });
      await attempt(run, account, Number.POSITIVE_INFINITY);
      await attempt(run, account, Number.POSITIVE_INFINITY);
      expect(await world.lines(account)).toHaveLength(3);
      expect(await standingOf(world.sql, account)).toMatchObject({ credit: usd(-1_230_000n) });
    }
    const numbers = await world.sql.rows<{ number: string }>('SELECT number FROM invoice ORDER BY number');
    expect(numbers.map(({ number }) => Number(number))).toEqual(numbers.map((_, index) => index + 1));
  });

  it('given_20_invoices_at_once_half_of_which_die_then_numbers_have_no_gap_and_no_double', async () => {
    const members = [];
    for (let n = 0; n < 20; n++) members.push(await someone());
    const run = await world.plan('2026-03-01');
    await Promise.all(
      members.map(({ account }, index) =>
        attempt(run, account, index % 2 === 0 ? Number.POSITIVE_INFINITY : 8 + index),
      ),
    );
    await Promise.all(
      members.flatMap(({ account }) => [1, 2].map(() => attempt(run, account, Number.POSITIVE_INFINITY))),
    );
    for (const { account } of members) expect(await world.invoices(account)).toHaveLength(1);
    const numbers = await world.sql.rows<{ number: string }>('SELECT number FROM invoice ORDER BY number');
    expect(numbers.map(({ number }) => Number(number))).toEqual(numbers.map((_, index) => index + 1));
    const [series] = await world.sql.rows<{ last: string }>(
      `SELECT last_number AS last FROM invoice_series WHERE kind = 'invoice'`,
    );
    expect(Number(series?.last)).toBe(numbers.length);
  });

  it('a number after a gap is refused by the database', async () => {
    const insert = `INSERT INTO invoice SELECT gen_random_uuid(), kind, seller_id, number + 5, 'X-' || number, account_id, NULL,
      corrects, reason, from_day, to_day, issued_on, due_on, currency, terms, tax_included, language, seller, buyer, tax,
      lines_micros, net_micros, tax_micros, gross_micros, issued_by, issued_at FROM invoice ORDER BY number DESC LIMIT 1`;
    await expect(world.sql.run(insert)).rejects.toThrow('the number before is missing');
    await expect(world.sql.run('DELETE FROM invoice')).rejects.toThrow('append-only');
    await expect(world.sql.run('UPDATE invoice_line SET amount_micros = 0')).rejects.toThrow('append-only');
  });
});
