import type { OrderBegun } from '../domain/open-order.js';
import type { Order, OrderRing } from '../domain/order.js';
import { onAnswer } from './domain/order-events.js';

/** A row of `TAKE`. */
export interface TakenRow {
  readonly id: string;
  readonly call_id: string;
  readonly member_id: string | null;
  readonly e164: string | null;
  readonly ring_carrier_id: string | null;
  readonly ring_number: string | null;
  readonly ring_trunk_id: string | null;
  readonly ring_seconds: number;
  readonly language: string;
  readonly shown: string | null;
  readonly display: string | null;
  readonly wish: unknown;
  readonly account_country: string | null;
  readonly account_area: string | null;
  readonly ring_member_id: string | null;
  readonly username: string | null;
  readonly ring_country: string | null;
  readonly ring_area: string | null;
}

/** What an exchange begins, or why it cannot. */
export function begunOf(
  row: TakenRow,
  node: string,
  at: number,
): OrderBegun | 'no-account' | 'no-such-target' {
  if (row.member_id === null || row.account_country === null) return 'no-account';
  const ring = ringOf(row);
  if (ring === undefined) return 'no-such-target';
  const order: Order = {
    id: row.id,
    ring,
    ringSeconds: row.ring_seconds,
    onAnswer: onAnswer.parse(row.wish) as Order['onAnswer'],
    language: row.language,
    ...(row.display === null ? {} : { display: row.display }),
    digits: '',
  };
  const phones = ring.kind === 'device' || ring.kind === 'member';
  const area = phones ? row.ring_area : row.account_area;
  return {
    callId: row.call_id,
    node,
    at,
    order,
    origin: {
      kind: 'order',
      orderId: row.id,
      memberId: row.member_id,
      country: (phones ? row.ring_country : null) ?? row.account_country,
      ...(area === null ? {} : { area }),
      ...(row.shown === null ? {} : { shown: row.shown }),
    },
  };
}

function ringOf(row: TakenRow): OrderRing | undefined {
  const { e164, ring_carrier_id: carrierId, ring_number: number } = row;
  const { username, ring_member_id: memberId, ring_country } = row;
  const { ring_trunk_id: trunk } = row;
  if (e164 !== null) return { kind: 'number', e164, ...(trunk === null ? {} : { trunk }) };
  if (carrierId !== null && number !== null) return { kind: 'carrier', carrierId, number };
  if (memberId === null || ring_country === null) return undefined;
  return username === null ? { kind: 'member', memberId } : { kind: 'device', memberId, username };
}
