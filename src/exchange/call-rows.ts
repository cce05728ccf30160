import { traceparent } from '../infra/trace/place.js';
import { placeOfId } from '../infra/trace/tracing.js';
import type { Call } from './domain/call.js';
import type { OrderOutcome } from './domain/order.js';
import type { CallRecord, LegRecord } from './domain/record.js';
import { endedEvent } from './ended-event.js';

/** The values of one open call, in the order of the columns in `SAVE_OPEN`. */
export function valuesOf(record: CallRecord): unknown[] {
  return [
    record.id,
    record.version,
    record.node,
    record.state,
    record.origin,
    record.callerChannel,
    record.memberId,
    record.deviceId,
    record.trunkId,
    record.dialled,
    record.reading,
    record.called,
    record.calling,
    date(record.startedAt),
    date(record.ringingAt),
    date(record.answeredAt),
    date(record.endedAt),
    record.endedBy,
    record.reason,
    record.q850,
    record.sip,
    record.billable,
    JSON.stringify(record.trace),
    record.snapshot === null ? null : JSON.stringify(snapshotColumn(record.snapshot)),
  ];
}

/** The row of an ended call with its legs and its event, as `SAVE_ENDED` takes it. */
export const endedRowOf = (record: CallRecord) => ({
  id: record.id,
  version: record.version,
  node: record.node,
  state: record.state,
  origin: record.origin,
  caller_channel: record.callerChannel,
  member_id: record.memberId,
  device_id: record.deviceId,
  trunk_id: record.trunkId,
  dialled: record.dialled,
  reading: record.reading,
  called: record.called,
  calling: record.calling,
  started_at: date(record.startedAt),
  ringing_at: date(record.ringingAt),
  answered_at: date(record.answeredAt),
  ended_at: date(record.endedAt),
  ended_by: record.endedBy,
  reason: record.reason,
  q850: record.q850,
  sip: record.sip,
  billable: record.billable,
  trace: JSON.stringify(record.trace),
  legs: record.legs.map(legRowOf),
  told: endedEvent(record),
  ...toldTrace(record.id),
  ...(record.ordered ? { ordered: orderedRowOf(record.ordered) } : {}),
});

/** Whoever charges the call goes on with its trace. */
function toldTrace(callId: string): { told_trace?: string } {
  const place = placeOfId(callId);
  return place === undefined ? {} : { told_trace: traceparent(place) };
}

const orderedRowOf = ({ id, state, cause, answeredAt, connectedAt, digits }: OrderOutcome) => ({
  id,
  state,
  cause,
  answered_at: date(answeredAt),
  connected_at: date(connectedAt),
  digits,
});

const legRowOf = (leg: LegRecord) => ({
  leg: leg.leg,
  channel_id: leg.channelId,
  attempt: leg.attempt,
  kind: leg.kind,
  target: leg.target,
  called: leg.called,
  calling: leg.calling,
  created_at: date(leg.createdAt),
  ringing_at: date(leg.ringingAt),
  answered_at: date(leg.answeredAt),
  ended_at: date(leg.endedAt),
  q850: leg.q850,
  sip: leg.sip,
});

/** What the trace says already is not written twice: the account's steps and candidates, and the moves. `OPEN_CALLS` puts it together again. */
function snapshotColumn({ moves: _, account, ...call }: Call): object {
  if (account === undefined) return call;
  const { steps: __, candidates: ___, ...rest } = account;
  return { ...call, account: rest };
}

/** As text with its zone: pg would write a Date in the process's own time zone, which is longer and no better. */
const date = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
