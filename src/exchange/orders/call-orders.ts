import { Injectable } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { callIdOf } from '../domain/ids.js';
import { TELL_ENDED } from './call-orders.sql.js';
import type { CallOrderWanted } from './domain/order-events.js';
import {
  IN_ALL,
  IN_ALL_OF_HOUSE,
  LONGEST_WAIT_SECONDS,
  OF_ASKER,
  type OrderLimit,
  PER_NUMBER,
  SCARCE_OF_HOUSE,
  TO_NUMBERS,
  TO_NUMBERS_OF_HOUSE,
} from './domain/order-limits.js';

/** PostgreSQL channel on which exchanges are woken, and pages hear of ended orders (`<state>:<id>`). */
export const CALL_ORDERS_CHANNEL = 'call_order';

/** Places call orders (docs/call-orders.md): in the transaction of the fact that wants the call. */
@Injectable()
export class CallOrders {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  /** Nothing is rung before the transaction commits. The same id twice is one order; too many are refused, told by the event. */
  async place(tx: Tx, wanted: CallOrderWanted): Promise<void> {
    const refused = await throttled(tx, wanted);
    const placed = await insert(tx, wanted, refused ? 'throttled' : undefined);
    if (placed === undefined) return;
    if (placed === 'refused') await tx.run(TELL_ENDED, [[wanted.orderId]]);
    tx.afterCommit(() => {
      if (placed === 'refused') this.outbox.ring();
      else void this.db.rows('SELECT pg_notify($1, $2)', [CALL_ORDERS_CHANNEL, '']).catch(() => undefined);
    });
  }
}

/** Counted under locks by number and by account: ten at once are counted one after the other. */
async function throttled(tx: Sql, { orderId, account, ring, askedBy }: CallOrderWanted): Promise<boolean> {
  const house = account.kind === 'house';
  const payer = house ? 'house' : account.memberId;
  const outside = ring.kind === 'number' ? ring.e164 : ring.kind === 'carrier' ? ring.number : null;
  if (outside !== null) await lock(tx, `number ${outside}`);
  await lock(tx, `account ${payer}`);
  const ofAccount = 'house = $2 AND (house OR member_id = $3)';
  const member = house ? null : account.memberId;
  const checks: (readonly [where: string, limit: OrderLimit])[] = [
    [ofAccount, house ? IN_ALL_OF_HOUSE : IN_ALL],
    ...(outside === null
      ? []
      : [
          [
            `${ofAccount} AND (e164 IS NOT NULL OR ring_number IS NOT NULL)`,
            house ? TO_NUMBERS_OF_HOUSE : TO_NUMBERS,
          ] as const,
          ...PER_NUMBER.map(
            (limit) => [ring.kind === 'carrier' ? 'ring_number = $4' : 'e164 = $4', limit] as const,
          ),
        ]),
  ];
  const asker = askedBy ?? null;
  if (asker !== null) {
    for (const limit of OF_ASKER) checks.push(['asked_by = $5', limit]);
    if (await isScarce(tx)) checks.push(['asked_by = $5', { orders: 1, seconds: 3_600 }]);
  }
  const over = checks.map(
    ([where, { orders, seconds }]) =>
      `(SELECT count(*) FROM call_order WHERE id <> $1 AND cause IS DISTINCT FROM 'throttled'
         AND created_at > now() - interval '${seconds} seconds' AND ${where}) >= ${orders}`,
  );
  const [row] = await tx.rows<{ over: boolean }>(
    `SELECT ${over.join(' OR ')} AS over, $2::boolean, $3::uuid, $4::text, $5::uuid`,
    [orderId, house, member, outside, asker],
  );
  return row?.over === true;
}

/** Whether the house has rung so many telephones within the hour that what is left is for whoever had none. */
async function isScarce(tx: Sql): Promise<boolean> {
  const [row] = await tx.rows<{ scarce: boolean }>(
    `SELECT count(*) >= ${SCARCE_OF_HOUSE} AS scarce FROM call_order
      WHERE house AND cause IS DISTINCT FROM 'throttled' AND created_at > now() - interval '1 hour'
        AND (e164 IS NOT NULL OR ring_number IS NOT NULL)`,
  );
  return row?.scarce === true;
}

const lock = (tx: Sql, what: string) =>
  tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`call-order ${what}`]);

/** The state in which it was placed; undefined when it was there already. */
async function insert(
  tx: Sql,
  { orderId, purpose, account, ring, ringSeconds, language, ...more }: CallOrderWanted,
  refused: 'throttled' | undefined,
): Promise<'waiting' | 'refused' | undefined> {
  const house = account.kind === 'house';
  const [row] = await tx.rows<{ state: 'waiting' | 'refused' }>(
    `INSERT INTO call_order (id, purpose, house, member_id, e164, ring_device_id, ring_member_id, ring_seconds, language,
                             shown, display, wish, call_id, expires_at, state, cause, ended_at, ring_carrier_id, ring_number,
                             asked_by, ring_trunk_id)
     SELECT $1, $2, $3, CASE WHEN $3 THEN (SELECT member_id FROM call_order_house) ELSE $4::uuid END,
            $5, $6, $7, $8, $9, $10, $11, $12, $13,
            LEAST($14::timestamptz, now() + interval '${LONGEST_WAIT_SECONDS} seconds'),
            CASE WHEN $15::text IS NULL THEN 'waiting' ELSE 'refused' END, $15,
            CASE WHEN $15 IS NOT NULL THEN now() END, $16, $17, $18, $19
     ON CONFLICT (id) DO NOTHING RETURNING state`,
    [
      orderId,
      purpose,
      house,
      house ? null : account.memberId,
      ring.kind === 'number' ? ring.e164 : null,
      ring.kind === 'device' ? ring.deviceId : null,
      ring.kind === 'member' ? ring.memberId : null,
      ringSeconds,
      language,
      more.shown ?? null,
      more.display ?? null,
      JSON.stringify(more.onAnswer),
      callIdOf('call-order', orderId, Date.now()),
      more.expiresAt,
      refused ?? null,
      ring.kind === 'carrier' ? ring.carrierId : null,
      ring.kind === 'carrier' ? ring.number : null,
      more.askedBy ?? null,
      ring.kind === 'number' ? (ring.trunk ?? null) : null,
    ],
  );
  return row?.state;
}
