import { chargeCalls } from '../../../src/billing/charging.service.js';
import { runChecks } from '../../../src/billing/checks/checks.service.js';
import { openHold } from '../../../src/billing/holds.service.js';
import { setCarrier } from '../../../src/billing/parties.service.js';
import { RateBook } from '../../../src/billing/rate-book.service.js';
import { inTx } from '../../../src/infra/db/tx.js';
import { newId } from '../../../src/kernel/ids.js';
import { deck, inForce, row } from '../billing/tariffs.js';
import { type InvoiceWorld, invoiceWorld, type Member } from '../billing-invoices/invoice-world.js';

const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };

/** A world whose books are right: calls with their records, charges, accruals and invoices; and verbs to break them. */
export async function checkWorld() {
  const world = await invoiceWorld();
  await inForce(world, await deck(world, 'asked', 'carrier'), '2026-01-01T00:00:00Z', [
    row({ perMinute: 30_000n }),
  ]);
  await setCarrier(world.sql, { id: 'kt', name: 'KT', deckId: 'asked', trunks: ['kr-gateway'] });
  const found = async (): Promise<readonly string[]> => {
    const run = <T>(work: Parameters<typeof inTx<T>>[1], isolation?: Parameters<typeof inTx<T>>[2]) =>
      inTx(world.dataSource, work, isolation);
    const { results } = await runChecks(run, { span, askedBy: 'test' });
    return results.flatMap(({ name, findings }) => findings.map(({ key }) => `${name} ${key}`));
  };
  return {
    ...world,
    found,
    call: (of: Member, at: string, told = true) => call(world, of, at, told),
    /** What the database's own guards would refuse: as a superuser who switched them off. */
    force: (statement: string, values: readonly unknown[] = []) =>
      world.tx(async (tx) => {
        await tx.run(`SET LOCAL session_replication_role = replica`);
        return tx.rows<{ key: string }>(statement, values);
      }),
    /** What the checks find more than before, after something was broken. */
    breaking: async (work: () => Promise<unknown>): Promise<readonly string[]> => {
      const before = new Set(await found());
      await work();
      return (await found()).filter((one) => !before.has(one)).toSorted();
    },
    hold: (of: Member, id: string) =>
      openHold(world.sql, { id, accountId: of.account, wanted: 1n, least: 0n }, 'call'),
  };
}
export type CheckWorld = Awaited<ReturnType<typeof checkWorld>>;

/** An ended call of a minute by the carrier's trunk, as the exchange records it; told to billing, or not. */
async function call(world: InvoiceWorld, of: Member, at: string, told: boolean): Promise<string> {
  const callId = newId();
  const answeredAt = Date.parse(at);
  const endedAt = answeredAt + 60_000;
  await world.sql.run(
    `INSERT INTO call (id, version, node, state, origin, caller_channel, member_id, dialled, called, started_at, answered_at,
                       ended_at, ended_by, reason, billable, trace)
     VALUES ($1, 9, 'n1', 'ended', 'member', 'c', $2, '82', '+821012345678', $3, $3, $4, 'caller', 'ended', true, '[]')`,
    [callId, of.memberId, new Date(answeredAt), new Date(endedAt)],
  );
  await world.sql.run(
    `INSERT INTO call_leg (call_id, leg, channel_id, attempt, kind, target, called, created_at, answered_at, ended_at, q850)
     VALUES ($1, 0, 'x', 0, 'trunk', 'kr-gateway', '+821012345678', $2, $2, $3, 16)`,
    [callId, new Date(answeredAt), new Date(endedAt)],
  );
  if (!told) return callId;
  const e164 = '+821012345678';
  const leg = { leg: 0, kind: 'trunk' as const, target: 'kr-gateway', e164, answeredAt, endedAt };
  const facts = {
    reading: 'pstn',
    called: e164,
    onNet: false,
    answeredAt,
    endedAt,
    billable: true,
    legs: [leg],
  };
  await world.tx((tx) => chargeCalls(tx, [{ callId, memberId: of.memberId, ...facts }], new RateBook()));
  return callId;
}
