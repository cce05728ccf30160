import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountId } from '../../../src/billing/accounts.service.js';
import { checks } from '../../../src/billing/checks/checks.service.js';
import { setInvoiceParty } from '../../../src/billing/invoices/invoice-parties.service.js';
import { post } from '../../../src/billing/ledger.service.js';
import { newId } from '../../../src/kernel/ids.js';
import { USD, usd } from '../billing/billing-world.js';
import { customer, type Member, must } from '../billing-invoices/invoice-world.js';
import { type CheckWorld, checkWorld } from './check-world.js';

let world: CheckWorld;
let member: Member;
let billed: string;
const broken = new Set<string>();
beforeAll(async () => {
  world = await checkWorld();
  member = await world.member();
  billed = await world.call(member, '2026-09-10T00:00:00Z');
  await world.call(member, '2026-09-11T00:00:00Z');
  await world.bill(await world.plan('2026-09-01'), member.account);
});
afterAll(() => world.remove());

/** Breaks something and expects that exactly these rows are found, and notes which checks were seen to find. */
async function finds(expected: readonly string[], work: () => Promise<unknown>): Promise<void> {
  expect(await world.breaking(work)).toEqual([...expected].toSorted());
  for (const one of expected) broken.add(one.split(' ', 1)[0] ?? '');
}
const accountOf = async (kind: 'carrier-payable' | 'revenue' | 'adjustment', owner: string) =>
  accountId(world.sql, { kind, owner, currency: USD });

describe('the night checks', () => {
  it('find nothing where all is well, also after more calls', async () => {
    expect(await world.found()).toEqual([]);
    await world.call(member, '2026-10-02T00:00:00Z');
    expect(await world.found()).toEqual([]);
  });

  it('find a call that was never told', async () => {
    let id = '';
    await world.breaking(async () => undefined);
    const after = await world.breaking(async () => {
      id = await world.call(member, '2026-10-03T00:00:00Z', false);
    });
    expect(after).toEqual([`call-without-charge ${id}`, `leg-without-accrual ${id}:0`]);
    broken.add('call-without-charge').add('leg-without-accrual');
  });

  it('find a charge and an accrual whose call nobody knows', async () => {
    const id = await world.call(member, '2026-10-04T00:00:00Z');
    await finds([`accrual-without-leg ${id}:0`, `charge-without-call ${id}`], () =>
      world.sql.run('DELETE FROM call WHERE id = $1', [id]),
    );
  });

  it('find a hold that outlives its call, and one of a call that never was', async () => {
    const id = await world.call(member, '2026-10-05T00:00:00Z');
    await finds([`hold-after-call ${id}`], () => world.hold(member, id));
    const nobodys = newId();
    await finds([`hold-after-call ${nobodys}`], async () => {
      await world.hold(member, nobodys);
      await world.sql.run(`UPDATE hold SET opened_at = now() - interval '2 days' WHERE id = $1`, [nobodys]);
    });
  });

  it('find a charge of which another amount, or nothing, was posted', async () => {
    const id = await world.call(member, '2026-10-06T00:00:00Z');
    await finds([`charge-posting charge:${id}:0`], () =>
      world.force('UPDATE charge SET amount_micros = amount_micros + 1 WHERE call_id = $1', [id]),
    );
    await finds([`accrual-posting accrual:${id}:0:0`], () =>
      world.force('UPDATE accrual SET amount_micros = amount_micros + 1 WHERE call_id = $1', [id]),
    );
  });

  it('find a posting without its charge', async () => {
    const id = await world.call(member, '2026-10-07T00:00:00Z');
    await finds([`call-without-charge ${id}`, `posting-without-row charge:${id}:0`], () =>
      world.force('DELETE FROM charge WHERE call_id = $1', [id]),
    );
  });

  it('find a posting that does not sum to 0, and the balances that no longer follow', async () => {
    const id = await world.call(member, '2026-10-08T00:00:00Z');
    await finds([`charge-posting charge:${id}:0`, `posting-sum charge:${id}:0`], () =>
      world.force(
        `UPDATE entry SET amount_micros = amount_micros + 5
            WHERE posting_id = (SELECT id FROM posting WHERE key = $1) AND account_id = $2`,
        [`charge:${id}:0`, member.account],
      ),
    );
  });

  it('find a balance that somebody changed by hand', async () => {
    await finds([`balance ${member.account}`, 'ledger-sum USD'], () =>
      world.force('UPDATE account_balance SET balance_micros = balance_micros - 7 WHERE account_id = $1', [
        member.account,
      ]),
    );
  });

  it('find what moved a payable beside accruals and settlements', async () => {
    const payable = await accountOf('carrier-payable', 'kt');
    const other = await accountOf('adjustment', 'somebody');
    await finds(['payable by-hand'], () =>
      world.tx((tx) =>
        post(tx, [
          {
            key: 'by-hand',
            kind: 'refund',
            occurredAt: new Date(),
            entries: [
              { accountId: payable, amount: usd(10n) },
              { accountId: other, amount: usd(-10n) },
            ],
          },
        ]),
      ),
    );
  });

  it('find a call without a price', async () => {
    const nobody: Member = { memberId: newId(), account: 0n };
    let id = '';
    expect(
      await world.breaking(async () => {
        id = await world.call(nobody, '2026-10-09T00:00:00Z');
      }),
    ).toEqual([`unrated ${id}`]);
    broken.add('unrated');
  });

  it('find a gap in the numbers, lines without a charge, and sums that differ', async () => {
    await finds(['invoice-sum KR-000001', 'line-without-charge KR-000001:1'], () =>
      world.force('UPDATE invoice_line SET amount_micros = amount_micros + 3 WHERE call_id = $1', [billed]),
    );
    await world.force('UPDATE invoice_line SET amount_micros = amount_micros - 3 WHERE call_id = $1', [
      billed,
    ]);
    await finds([`charge-without-line ${billed}:0`, 'invoice-sum KR-000001'], () =>
      world.force('DELETE FROM invoice_line WHERE call_id = $1', [billed]),
    );
    await finds(['invoice-gap KR-2', 'invoice-gap KR-3'], () =>
      world.force(`UPDATE invoice_series SET last_number = 3 WHERE kind = 'invoice'`),
    );
  });

  it('find a payer whom no invoice can be made out to', async () => {
    const nobody = await world.member();
    await world.call(nobody, '2026-10-06T00:00:00Z');
    await finds([`payer-without-party ${nobody.account}`], () =>
      world.sql.run('DELETE FROM invoice_party WHERE account_id = $1', [nobody.account]),
    );
  });

  it('find an account that waits for a person', async () => {
    const abroad = await world.member({ country: 'BR' });
    const run = await world.plan('2026-10-01');
    await finds([`invoice-blocked ${run}:${abroad.account}`], () => world.bill(run, abroad.account));
    await world.tx(async (tx) => must(await setInvoiceParty(tx, abroad.account, customer)));
    await world.bill(run, abroad.account);
    expect(await world.found()).not.toContain(`invoice-blocked ${run}:${abroad.account}`);
  });

  it('were each seen to find what they are for', () => {
    expect(checks.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });
});
