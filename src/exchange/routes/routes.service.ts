import type { z } from 'zod';
import type { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { hoursOf, scheduleOf } from '../domain/route-hours.js';
import { exists, unknown } from '../network/network.failures.js';
import { ROUTES, type RouteRecord } from '../network/network.rows.js';
import { ALWAYS, costMicro, type routeTerms } from './route.fields.js';

type Terms = z.output<typeof routeTerms>;
export type RouteChanges = { readonly [K in keyof Terms]?: Terms[K] | undefined };
export type NewRoute = RouteChanges & Pick<Terms, 'prefix' | 'trunkId' | 'cost' | 'currency'>;

export async function createRoute(db: Db, wanted: NewRoute): Promise<Result<RouteRecord>> {
  const { cost, days, from, to, timeZone, ...same } = wanted;
  const micros = costMicro(cost, same.currency);
  if (micros === undefined) return err(costInvalid());
  const hours = { ...ALWAYS, ...given({ days, from, to, timeZone }) };
  return unlessRefused({ '23503': unknown('trunk', same.trunkId) }, async () => {
    const made = await ROUTES.insert(db, { id: newId(), ...same, ...scheduleOf(hours), costMicro: micros });
    return made === undefined ? err(exists('route', SAME)) : ok(made);
  });
}

export async function changeRoute(db: Db, id: string, changes: RouteChanges): Promise<Result<RouteRecord>> {
  const refusals = { '23503': unknown('trunk', changes.trunkId ?? ''), '23505': exists('route', SAME) };
  return unlessRefused(refusals, () => db.inTx((tx) => changeIn(tx, id, changes)));
}

async function changeIn(tx: Tx, id: string, changes: RouteChanges): Promise<Result<RouteRecord>> {
  await tx.rows('SELECT FROM route WHERE id = $1 FOR UPDATE', [id]);
  const before = await ROUTES.one(tx, { id });
  if (before === undefined) return err(unknown('route', id));
  const { cost, days, from, to, timeZone, ...same } = changes;
  const code = same.currency ?? before.currency;
  const micros = cost === undefined ? BigInt(before.costMicro) : costMicro(cost, code);
  if (micros === undefined || costMicro('0', code) === undefined) return err(costInvalid());
  const hours = { ...hoursOf(before), ...given({ days, from, to, timeZone }) };
  const changed = await ROUTES.update(tx, { id }, { ...same, ...scheduleOf(hours), costMicro: micros });
  return changed === undefined ? err(unknown('route', id)) : ok(changed);
}

const SAME = 'with the same prefix, trunk and hours';

const costInvalid = () =>
  failure('route.invalid', 'cost is no price of that currency', {
    hint: 'give it as text like "0.0125", at most 6 decimals, with an ISO 4217 currency',
  });

/** Without what is not there: a spread must not hide what is. */
function given<T extends object>(wanted: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const there = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
