import { type Call, type Leg, type Time } from './call.js';
import { type OrderOutcome, orderOutcomeOf } from './order.js';
import { type CallTrace, traceOf } from './trace.js';
import type { TargetKind } from './verdict.js';

/** One call as the database keeps it. Times are milliseconds, written as timestamptz. */
export interface CallRecord {
  readonly id: string;
  readonly version: number;
  readonly node: string;
  readonly state: string;
  readonly origin: Call['origin']['kind'];
  readonly callerChannel: string;
  readonly memberId: string | null;
  readonly deviceId: string | null;
  readonly trunkId: string | null;
  readonly dialled: string;
  readonly reading: string | null;
  readonly called: string | null;
  readonly calling: string | null;
  readonly startedAt: Time;
  readonly ringingAt: Time | null;
  readonly answeredAt: Time | null;
  readonly endedAt: Time | null;
  readonly endedBy: string | null;
  readonly reason: string | null;
  readonly q850: number | null;
  readonly sip: number | null;
  readonly billable: boolean | null;
  readonly trace: CallTrace;
  /** The whole call while it is open; null once it has ended. */
  readonly snapshot: Call | null;
  /** What came of the order that started it, with its end; null or absent otherwise. */
  readonly ordered?: OrderOutcome | null;
  /** Written with the end only. */
  readonly legs: readonly LegRecord[];
}

export interface LegRecord {
  readonly leg: number;
  readonly channelId: string;
  readonly attempt: number;
  readonly kind: TargetKind;
  readonly target: string;
  readonly called: string;
  readonly calling: string | null;
  readonly createdAt: Time;
  readonly ringingAt: Time | null;
  readonly answeredAt: Time | null;
  readonly endedAt: Time;
  readonly q850: number;
  readonly sip: number | null;
  /** What a trunk was asked to reach, and the member who had the call sent there and pays; journals of old have neither. */
  readonly e164?: string;
  readonly payer?: string;
}

/** The record of a call in whatever state it is; the same call always gives the same record. */
export function recordOf(call: Call): CallRecord {
  const ended = call.state === 'ended';
  const ending = ended ? call.ending : undefined;
  return {
    id: call.id,
    version: call.version,
    node: call.node,
    state: call.state,
    ...originOf(call),
    callerChannel: call.caller.channel,
    dialled: call.dialled,
    reading: call.account?.reading ?? null,
    called: call.plan?.called ?? call.account?.called ?? null,
    calling: call.plan?.calling ?? null,
    startedAt: call.startedAt,
    ringingAt: call.ringingAt ?? null,
    answeredAt: call.answeredAt ?? null,
    endedAt: ended ? endedAtOf(call) : null,
    endedBy: ending?.by ?? null,
    reason: ending?.reason ?? null,
    q850: ending?.q850 ?? null,
    sip: ending?.sip ?? null,
    billable: ending?.billable ?? null,
    trace: traceOf(call),
    snapshot: ended ? null : call,
    ordered: (ended && orderOutcomeOf(call)) || null,
    legs: ended ? call.legs.map((leg, index) => legRecordOf(call, leg, index + 1)) : [],
  };
}

/** When the first party went, or, where the exchange ended it, when the caller was gone; never before its answer. */
export function endedAtOf(call: Call): Time {
  const gone = call.order === undefined ? call.caller.endedAt : latestEnd(call);
  const at = call.ending?.at ?? gone ?? call.seenAt;
  return Math.max(at, call.answeredAt ?? call.startedAt);
}

/** Nobody is at the caller's end of a call of ours: it is over when its last leg is. */
const latestEnd = ({ legs }: Call): Time | undefined =>
  legs.length === 0 ? undefined : Math.max(...legs.map(({ endedAt = 0 }) => endedAt));

function originOf({ origin }: Call) {
  const nobody = { origin: origin.kind, memberId: null, deviceId: null, trunkId: null };
  if (origin.kind === 'trunk') return { ...nobody, trunkId: origin.trunkId };
  const deviceId = origin.kind === 'member' ? origin.deviceId : null;
  return { ...nobody, memberId: origin.memberId, deviceId };
}

/** A leg as it is recorded; of one that lives still, as if it ended now. */
export function legRecordOf(call: Call, leg: Leg, index: number): LegRecord {
  const createdAt = leg.createdAt ?? call.startedAt;
  return {
    leg: index,
    channelId: leg.channel,
    attempt: leg.attempt,
    kind: leg.plan.kind,
    target: leg.plan.target,
    called: leg.plan.called,
    calling: leg.plan.calling.number ?? null,
    createdAt,
    ringingAt: leg.ringingAt ?? null,
    answeredAt: leg.answeredAt ?? null,
    endedAt: Math.max(leg.endedAt ?? call.seenAt, leg.answeredAt ?? createdAt),
    q850: leg.q850 ?? 0,
    sip: leg.sip ?? null,
    ...(leg.plan.e164 === undefined ? {} : { e164: leg.plan.e164 }),
    ...(leg.plan.payer === undefined ? {} : { payer: leg.plan.payer }),
  };
}
