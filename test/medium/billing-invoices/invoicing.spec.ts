import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId, balanceOf, standingOf } from '../../../src/billing/accounts.service.js';
import { setInvoiceParty } from '../../../src/billing/invoices/invoice-parties.service.js';
import { addSubscription, endSubscription } from '../../../src/billing/invoices/subscriptions.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { rerateCharges } from '../../../src/billing/rerating.service.js';
import { USD, usd } from '../billing/billing-world.js';
import { inForce, row } from '../billing/tariffs.js';
import { customer, type InvoiceWorld, invoiceWorld, must } from './invoice-world.js';

let world: InvoiceWorld;
beforeAll(async () => {
  world = await invoiceWorld();
});
afterAll(() => world.remove());

const owed = async (account: bigint) => -((await standingOf(world.sql, account))?.credit.micros ?? 0n);
const balance = async (kind: 'tax' | 'revenue' | 'adjustment', owner: string) =>
  balanceOf(world.sql, await accountId(world.sql, { kind, owner, currency: USD }));

describe('a month of a postpaid member', () => {
  it('given_calls_in_and_around_october_in_seoul_when_billed_then_each_is_one_line_of_its_month', async () => {
    const member = await world.member();
    const taxBefore = await balance('tax', 'KR');
    const inside = await world.talks(
      member,
      { at: '2026-09-30T15:00:00Z', seconds: 61 },
      { at: '2026-10-31T14:59:59Z', seconds: 600 },
    );
    await world.talks(member, { at: '2026-10-31T15:00:00Z', seconds: 60 });
    const run = await world.plan();
    expect(await world.bill(run, member.account)).toBe('done');
    expect(await world.bill(run, member.account)).toBe('nothing-to-do');

    const lines = await world.lines(member.account);
    expect(lines.map(({ call_id }) => call_id)).toEqual(inside);
    expect(lines.map(({ about, amount_micros }) => [about, amount_micros])).toEqual([
      ['Korea, mobile', '61000'],
      ['Korea, mobile', '600000'],
    ]);
    const [invoice] = await world.invoices(member.account);
    expect(invoice).toMatchObject({
      lines_micros: '661000',
      net_micros: '660000',
      tax_micros: '70000',
      gross_micros: '730000',
      tax: { category: 'S', ppm: 100_000 },
    });
    expect(await balance('tax', 'KR')).toBe(taxBefore - 70_000n);
    expect(await owed(member.account)).toBe(730_000n + 60_000n);
  });

  it('given_a_call_told_late_and_one_re_rated_when_the_next_month_is_billed_then_the_difference_is_a_line', async () => {
    const member = await world.member();
    const [early] = await world.talks(member, { at: '2026-08-03T00:00:00Z', seconds: 60 });
    expect(await world.bill(await world.plan('2026-08-01'), member.account)).toBe('done');
    const [late] = await world.talks(member, { at: '2026-08-04T00:00:00Z', seconds: 60 });
    await inForce(world, 'retail', '2026-08-02T00:00:00Z', [
      row({ perMinute: 90_000n, destination: 'Korea' }),
    ]);
    const span = { from: new Date('2026-08-01T00:00:00Z'), to: new Date('2026-08-03T12:00:00Z') };
    await world.tx((tx) => rerateCharges(tx, new RateBook(), span));
    const again = await world.plan('2026-09-01');
    expect(await world.bill(again, member.account)).toBe('done');
    const lines = await world.lines(member.account);
    expect(lines.map(({ call_id, revision, amount_micros }) => [call_id, revision, amount_micros])).toEqual([
      [early, 0, '60000'],
      [early, 1, '30000'],
      [late, 0, '60000'],
    ]);
    await inForce(world, 'retail', '2026-09-15T00:00:00Z', [row({ destination: 'Korea, mobile' })]);
  });

  it('given_no_tax_rule_for_the_buyer_when_billed_then_it_is_blocked_and_loses_nothing', async () => {
    const member = await world.member({ country: 'BR' });
    await world.talks(member, { at: '2026-06-10T00:00:00Z', seconds: 60 });
    const june = await world.plan('2026-06-10');
    expect(await world.bill(june, member.account)).toBe('blocked');
    const july = await world.plan('2026-07-10');
    await world.tx(async (tx) => must(await setInvoiceParty(tx, member.account, customer)));
    expect(await world.bill(july, member.account)).toBe('done');
    expect(await world.bill(june, member.account)).toBe('empty');
    expect(await world.lines(member.account)).toHaveLength(1);
  });
});

describe('a prepaid member', () => {
  it('given_money_was_spent_at_prices_with_tax_when_billed_then_the_balance_stays_and_the_tax_comes_out_of_revenue', async () => {
    const member = await world.member({ terms: 'prepaid', taxIncluded: true }, 10_000_000n);
    await world.talks(member, { at: '2026-05-10T00:00:00Z', seconds: 6_601 });
    const before = { tax: await balance('tax', 'KR'), revenue: await balance('revenue', 'calls') };
    expect(await world.bill(await world.plan('2026-05-10'), member.account)).toBe('done');
    expect(await standingOf(world.sql, member.account)).toMatchObject({
      credit: usd(10_000_000n - 6_601_000n),
    });
    const [invoice] = await world.invoices(member.account);
    expect(invoice).toMatchObject({ lines_micros: '6601000', gross_micros: '6600000', tax_micros: '600000' });
    expect(await balance('tax', 'KR')).toBe(before.tax - 600_000n);
    expect(await balance('revenue', 'calls')).toBe(before.revenue + 600_000n);
  });

  it('given_two_payments_of_which_one_came_after_the_month_when_billed_then_each_is_shown_once_on_the_next_invoice', async () => {
    const member = await world.member({ terms: 'prepaid', taxIncluded: true });
    await paid(member.account, 4_000_000n, '2026-03-05T00:00:00Z');
    await paid(member.account, 3_000_000n, '2026-04-05T00:00:00Z');
    await world.talks(member, { at: '2026-03-10T00:00:00Z', seconds: 60 });
    await world.bill(await world.plan('2026-03-10'), member.account);
    await world.talks(member, { at: '2026-04-10T00:00:00Z', seconds: 60 });
    await world.bill(await world.plan('2026-04-10'), member.account);
    const shown = await world.sql.rows<{ from_day: string; amount_micros: string }>(
      `SELECT i.from_day::text, p.amount_micros FROM invoice_payment p JOIN invoice i ON i.id = p.invoice_id
        WHERE p.account_id = $1 ORDER BY 1`,
      [member.account],
    );
    expect(shown).toEqual([
      { from_day: '2026-03-01', amount_micros: '4000000' },
      { from_day: '2026-04-01', amount_micros: '3000000' },
    ]);
  });
});

/** Money received at that time, as the ledger would have noted it then. */
const paid = (account: bigint, micros: bigint, at: string) =>
  world.tx(async (tx) => {
    const bank = await accountId(tx, { kind: 'bank', owner: 'test', currency: USD });
    const [posting] = await tx.rows<{ id: string }>(
      `INSERT INTO posting (key, kind, occurred_at, posted_at) VALUES ($1, 'top-up', $2, $2) RETURNING id`,
      [`top-up:${account}:${at}`, at],
    );
    await tx.run(
      `INSERT INTO entry (posting_id, line, account_id, currency, amount_micros) VALUES ($1, 0, $2, 'USD', $4), ($1, 1, $3, 'USD', -$4::bigint)`,
      [posting?.id, bank, account, micros],
    );
  });

describe('number fees', () => {
  it('given_a_number_from_the_16th_when_january_is_billed_then_16_of_31_days_are_charged_and_later_whole_months', async () => {
    const member = await world.member();
    const fee = { account: member.account, memberId: member.memberId, about: 'Number 02-6200-6200-082' };
    const id = await world.tx(async (tx) =>
      must(
        await addSubscription(tx, {
          ...fee,
          fee: usd(3_100_000n),
          startedOn: '2026-01-16',
          createdBy: 'test',
        }),
      ),
    );
    await world.bill(await world.plan('2026-01-10'), member.account);
    await world.bill(await world.plan('2026-02-10'), member.account);
    expect(must(await world.tx((tx) => endSubscription(tx, id, '2026-04-02')))).toBeUndefined();
    expect(await world.tx((tx) => endSubscription(tx, id, '2026-03-03'))).toMatchObject({ ok: false });
    const lines = await world.lines(member.account);
    expect(lines.map(({ amount_micros }) => amount_micros)).toEqual(['1600000', '3100000']);
    expect(await owed(member.account)).toBe(1_760_000n + 3_410_000n);
  });
});
