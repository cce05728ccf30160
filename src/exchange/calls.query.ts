import { Injectable } from '@nestjs/common';
import { type CallCost, costsOfCalls } from '../billing/index.js';
import { Db } from '../infra/db/db.js';
import { err, type Failure, failure, ok, type Result } from '../kernel/result.js';
import { numberForPeople } from '../numbering/index.js';
import { WHOLE_CALL } from './call-store.sql.js';
import type { CallLegView, CallTraceView, CallView } from './calls.views.js';
import type { Call } from './domain/call.js';
import { legRecordOf } from './domain/record.js';
import { openCallOf } from './domain/restore.js';
import { openTraceOf } from './domain/trace.js';

/** Place in the list of calls, newest first. */
export type CallCursor = readonly [startedAt: string, id: string];

/** Whose calls may be seen: everybody's, or those of one member. */
export type CallScope = { readonly memberId?: string };

export interface CallFilter extends CallScope {
  readonly open?: boolean;
}

type CallNotFound = Failure<'call.not-found'>;

const COLUMNS = `
  id, state, origin, member_id AS "memberId", device_id AS "deviceId", trunk_id AS "trunkId", dialled, reading, called,
  calling, started_at AS "startedAt", ringing_at AS "ringingAt", answered_at AS "answeredAt", ended_at AS "endedAt",
  ended_by AS "endedBy", reason, q850, sip, billable, trace ->> 'identity' AS identity`;

const LIST = `
  SELECT ${COLUMNS} FROM call
   WHERE ($1::uuid IS NULL OR member_id = $1)
     AND ($2::boolean IS NULL OR (ended_at IS NULL) = $2)
     AND ($3::timestamptz IS NULL OR (started_at, id) < ($3, $4::uuid))
   ORDER BY started_at DESC, id DESC LIMIT $5`;

const ONE = `SELECT ${COLUMNS} FROM call WHERE id = $1 AND ($2::uuid IS NULL OR member_id = $2)`;

const TRACE = `SELECT trace, ${WHOLE_CALL} AS snapshot FROM call WHERE id = $1`;

const LEGS = `
  SELECT leg, channel_id AS "channelId", attempt, kind, target, called, calling, created_at AS "createdAt",
         ringing_at AS "ringingAt", answered_at AS "answeredAt", ended_at AS "endedAt", q850, sip
    FROM call_leg WHERE call_id = $1 ORDER BY leg`;

const INTERVENTIONS = `
  SELECT w.asked_at AS at, w.kind, a.email AS by, w.reason FROM operator_wish w LEFT JOIN user_account a ON a.id = w.account_id
   WHERE w.call_id = $1 ORDER BY w.asked_at LIMIT 100`;

/** Reading call records, for people. */
@Injectable()
export class CallsQuery {
  constructor(private readonly db: Db) {}

  /** Up to `count` calls before the cursor, newest first. */
  list(
    { memberId, open }: CallFilter,
    count: number,
    before: CallCursor | undefined,
  ): Promise<readonly CallView[]> {
    const values = [memberId ?? null, open ?? null, before?.[0] ?? null, before?.[1] ?? null, count];
    return this.db.rows<CallView>(LIST, values);
  }

  async one(id: string, { memberId }: CallScope): Promise<Result<CallView, CallNotFound>> {
    const [call] = await this.db.rows<CallView>(ONE, [id, memberId ?? null]);
    return call === undefined ? err(notFound(id)) : ok(call);
  }

  /** Everything that is known of why a call went as it did. */
  async trace(id: string): Promise<Result<CallTraceView, CallNotFound>> {
    const call = await this.one(id, {});
    if (!call.ok) return call;
    const [found] = await this.db.rows<Traced>(TRACE, [id]);
    if (found === undefined) return err(notFound(id));
    const open = openCallOf(found.snapshot);
    const { memberId } = call.value;
    const [costs, interventions] = await Promise.all([
      memberId === null ? new Map<string, CallCost>() : costsOfCalls(this.db, memberId, [id]),
      this.db.rows<CallTraceView['interventions'][number]>(INTERVENTIONS, [id]),
    ]);
    const { called, calling } = call.value;
    const shown = {
      called: called && numberForPeople(called),
      calling: calling && numberForPeople(calling),
    };
    const more = { shown, cost: costs.get(id) ?? null, interventions };
    if (open !== undefined)
      return ok({ call: call.value, trace: openTraceOf(open), legs: openLegs(open), ...more });
    const legs = await this.db.rows<CallLegView>(LEGS, [id]);
    return ok({ call: call.value, trace: found.trace, legs, ...more });
  }
}

type Traced = Pick<CallTraceView, 'trace'> & { readonly snapshot: unknown };

/** Legs of an open call, from its latest save. */
const openLegs = (call: Call): readonly CallLegView[] =>
  call.legs.map((leg, index) => {
    const { createdAt, ringingAt, answeredAt, endedAt, q850, ...record } = legRecordOf(call, leg, index + 1);
    const over = leg.status === 'ended';
    return {
      ...record,
      createdAt: new Date(createdAt),
      ringingAt: ringingAt === null ? null : new Date(ringingAt),
      answeredAt: answeredAt === null ? null : new Date(answeredAt),
      endedAt: over ? new Date(endedAt) : null,
      q850: over ? q850 : null,
    };
  });

const notFound = (id: string): CallNotFound =>
  failure('call.not-found', `There is no call ${id}.`, { hint: 'GET /v1/calls lists calls, newest first' });
