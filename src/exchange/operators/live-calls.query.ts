import { type PriceNow, priceNow, type TariffDesk } from '../../billing/index.js';
import type { Sql } from '../../infra/db/sql.js';
import { countryOfNumber, numberForPeople } from '../../numbering/index.js';

/** A call in progress, for people. Its state is the latest that was saved: pages are told by events what happens in between. */
export interface LiveCall {
  readonly id: string;
  readonly state: string;
  readonly origin: 'member' | 'trunk' | 'order';
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly trunk: { readonly id: string; readonly name: string } | null;
  /** Where it comes from; null where nothing tells it. */
  readonly fromCountry: string | null;
  readonly calling: string | null;
  readonly dialled: string;
  readonly reading: string | null;
  /** As read, for people. */
  readonly called: string | null;
  readonly toCountry: string | null;
  /** Trunks and phones that it rings or talks on. */
  readonly via: readonly string[];
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly price: PriceNow | null;
  /** Whether somebody may listen: it is no call for help, none of ours. */
  readonly emergency: boolean;
}

export type LiveCursor = readonly [startedAt: string, id: string];

interface Row extends Omit<LiveCall, 'member' | 'trunk' | 'price' | 'via' | 'fromCountry' | 'toCountry'> {
  readonly memberId: string | null;
  readonly memberName: string | null;
  readonly memberCountry: string | null;
  readonly trunkId: string | null;
  readonly trunkName: string | null;
  readonly trunkCountry: string | null;
  readonly legs: readonly SavedLeg[] | null;
}
interface SavedLeg {
  readonly status: string;
  readonly plan: { readonly kind: string; readonly target: string };
}

/** Newest first. `open` calls are few beside all others: the partial index holds them alone. */
export async function liveCalls(
  sql: Sql,
  tariffs: Pick<TariffDesk, 'tariffOf'>,
  count: number,
  before: LiveCursor | undefined,
): Promise<readonly LiveCall[]> {
  const rows = await sql.rows<Row>(LIVE, [before?.[0] ?? null, before?.[1] ?? null, count]);
  return Promise.all(rows.map((row) => viewOf(row, tariffs)));
}

async function viewOf(
  { memberId, memberName, memberCountry, trunkId, trunkName, trunkCountry, legs, ...row }: Row,
  tariffs: Pick<TariffDesk, 'tariffOf'>,
): Promise<LiveCall> {
  const live = (legs ?? []).filter(({ status }) => status !== 'ended');
  const out = live.some(({ plan }) => plan.kind === 'trunk');
  const e164 = row.called?.startsWith('+') ? row.called : '';
  const talk = { e164, onNet: !out, answeredAt: (row.answeredAt ?? row.startedAt).getTime() };
  const charged = memberId !== null && out && e164 !== '' && !row.emergency;
  return {
    ...row,
    calling: row.calling && numberForPeople(row.calling),
    called: row.called && numberForPeople(row.called),
    member: memberId === null ? null : { id: memberId, name: memberName ?? '' },
    trunk: trunkId === null ? null : { id: trunkId, name: trunkName ?? trunkId },
    fromCountry: memberCountry ?? trunkCountry,
    toCountry: (row.called && countryOfNumber(row.called)) ?? null,
    via: [...new Set(live.map(({ plan }) => plan.target))],
    price: charged ? ((await priceNow(tariffs, memberId, talk)) ?? null) : null,
  };
}

export const LIVE = `
  SELECT c.id, c.state, c.origin, c.dialled, c.reading, c.called, c.calling, c.started_at AS "startedAt",
         c.answered_at AS "answeredAt", c.member_id AS "memberId", m.name AS "memberName", m.country AS "memberCountry",
         c.trunk_id AS "trunkId", t.name AS "trunkName", t.country AS "trunkCountry", c.snapshot -> 'legs' AS legs,
         COALESCE((c.snapshot #>> '{plan,emergency}')::boolean, false) AS emergency
    FROM call c LEFT JOIN member m ON m.id = c.member_id LEFT JOIN trunk t ON t.id = c.trunk_id
   WHERE c.ended_at IS NULL AND ($1::timestamptz IS NULL OR (c.started_at, c.id) < ($1, $2::uuid))
   ORDER BY c.started_at DESC, c.id DESC LIMIT $3`;
