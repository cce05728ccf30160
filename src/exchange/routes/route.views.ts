import { currency, formatAmount, money } from '../../kernel/money.js';
import { hoursOf, type RouteHours } from '../domain/route-hours.js';
import type { RouteRecord } from '../network/network.rows.js';

/** A route as REST shows it; `cost` is the price of a minute in `currency`. */
export interface RouteView extends RouteHours {
  readonly id: string;
  readonly prefix: string;
  readonly trunkId: string;
  readonly priority: number;
  readonly weight: number;
  readonly cost: string;
  readonly currency: string;
  readonly maxCalls: number | null;
  readonly enabled: boolean;
}

export function viewOf(record: RouteRecord): RouteView {
  const { costMicro, days, fromMinute, toMinute, timeZone, ...same } = record;
  const cost = formatAmount(money(BigInt(costMicro), currency(record.currency)));
  return { ...same, cost, ...hoursOf({ days, fromMinute, toMinute, timeZone }) };
}
