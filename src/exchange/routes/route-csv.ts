import { formatAmount, money, currency as moneyOf } from '../../kernel/money.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { FROM, hoursOf, scheduleOf, TO } from '../domain/route-hours.js';
import { isTimeZone, type Schedule } from '../domain/schedule.js';
import type { RouteRecord } from '../network/network.rows.js';
import { costMicro } from './route.fields.js';

/** Columns of a routes file; the first four must be there, and those left out or empty take these. */
const COLUMNS = {
  prefix: undefined,
  trunk: undefined,
  cost: undefined,
  currency: undefined,
  priority: '100',
  weight: '1',
  days: '1234567',
  from: '00:00',
  to: '24:00',
  time_zone: 'UTC',
  max_calls: '',
  enabled: 'true',
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as readonly Column[];

export interface RouteRow extends Schedule {
  readonly prefix: string;
  readonly trunkId: string;
  readonly priority: number;
  readonly weight: number;
  readonly costMicro: bigint;
  readonly currency: string;
  readonly maxCalls: number | null;
  readonly enabled: boolean;
}

/** Where each column stands in a file. */
export type RouteColumns = ReadonlyMap<Column, number>;

export interface BadField {
  readonly field: string;
  readonly reason: string;
}

export const ROUTE_HEADER: readonly string[] = NAMES;

export function readRouteHeader(header: readonly string[]): Result<RouteColumns> {
  const names = header.map((name) => name.trim().toLowerCase());
  const strange = names.find((name) => !NAMES.some((known) => known === name));
  if (strange !== undefined || new Set(names).size < names.length) {
    const what =
      strange === undefined ? 'a column stands twice' : `there is no column ${JSON.stringify(strange)}`;
    return err(failure('route-file.columns', what, { hint: `columns are ${NAMES.join(', ')}` }));
  }
  const missing = NAMES.filter((name) => COLUMNS[name] === undefined && !names.includes(name));
  if (missing.length > 0)
    return err(
      failure('route-file.columns', `there is no column ${missing.join(', ')}`, {
        hint: 'columns are those of GET /v1/routes/export.csv',
      }),
    );
  return ok(
    new Map(NAMES.flatMap((name) => (names.includes(name) ? [[name, names.indexOf(name)] as const] : []))),
  );
}

/** A record as a route; or its first field that is wrong, with what it must be. */
export function readRouteRow(fields: readonly string[], columns: RouteColumns): Result<RouteRow, BadField> {
  if (fields.length !== columns.size)
    return err({ field: '', reason: `has ${fields.length} fields, the header has ${columns.size}` });
  const text = (name: Column): string => {
    const at = columns.get(name);
    return (at === undefined ? '' : (fields[at] ?? '').trim()) || (COLUMNS[name] ?? '');
  };
  const wrong = CHECKS.find(([name, isRight]) => !isRight(text(name)));
  if (wrong !== undefined) return err({ field: wrong[0], reason: wrong[2] });
  const micros = costMicro(text('cost'), text('currency'));
  if (micros === undefined)
    return err({ field: 'cost', reason: 'must be a price like 0.0125 in an ISO 4217 currency' });
  const days = [...text('days')].map(Number);
  return ok({
    prefix: text('prefix').replace(/^\+/, ''),
    trunkId: text('trunk'),
    priority: Number(text('priority')),
    weight: Number(text('weight')),
    costMicro: micros,
    currency: text('currency'),
    ...scheduleOf({ days, from: text('from'), to: text('to'), timeZone: text('time_zone') }),
    maxCalls: text('max_calls') === '' ? null : Number(text('max_calls')),
    enabled: text('enabled') === 'true',
  });
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);

const CHECKS: readonly (readonly [Column, (text: string) => boolean, string])[] = [
  ['prefix', matches(/^\+?[0-9]{0,15}$/), 'must be at most 15 digits, + in front allowed'],
  ['trunk', matches(/^[a-z][a-z0-9-]{1,39}$/), 'must be the id of a trunk'],
  ['priority', matches(/^[0-9]{1,5}$/), 'must be a whole number up to 99999'],
  ['weight', matches(/^[1-9][0-9]{0,3}$/), 'must be a whole number from 1 to 9999'],
  ['days', matches(/^(?:([1-7])(?!.*\1))+$/), 'must be digits, 1 (Monday) to 7, each once'],
  ['from', matches(FROM), 'must be a time like 08:00'],
  ['to', matches(TO), 'must be a time like 18:00, at most 24:00'],
  ['time_zone', isTimeZone, 'must be a time zone like Asia/Seoul'],
  ['max_calls', matches(/^(?:[1-9][0-9]{0,5})?$/), 'must be empty or a whole number'],
  ['enabled', matches(/^(?:true|false)$/), 'must be true or false'],
];

/** A route as `readRouteRow` reads it back, in the order of ROUTE_HEADER. */
export function writeRouteRow(route: RouteRecord): readonly string[] {
  const { days, from, to, timeZone } = hoursOf(route);
  return [
    route.prefix,
    route.trunkId,
    formatAmount(money(BigInt(route.costMicro), moneyOf(route.currency))),
    route.currency,
    String(route.priority),
    String(route.weight),
    days.join(''),
    from,
    to,
    timeZone,
    route.maxCalls === null ? '' : String(route.maxCalls),
    String(route.enabled),
  ];
}
