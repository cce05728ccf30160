import type { Call, Leg, Time } from './call.js';
import type { CallEvent, Unseen } from './call-event.js';
import { q850 } from './causes.js';
import { legChannelOf } from './ids.js';
import type { Evidence, Look, SeenChannel } from './reconcile.js';

/** All that is known of one leg, planned or made: what the call believes, what was seen, what the log says. */
interface LegTrace {
  readonly channel: string;
  readonly attempt: number;
  readonly leg: Leg | undefined;
  readonly seen: SeenChannel | undefined;
  readonly proof: Evidence | undefined;
}

/** What happened to the legs that the call does not know yet; in order of attempts, for a stable sort by time. */
export function legEvents(
  call: Call,
  look: Look,
  evidence: ReadonlyMap<string, Evidence>,
): readonly CallEvent[] {
  const traces = tracesOf(call, look, evidence);
  const wakeOver = wakeOverEvent(call, traces);
  const beyond = traces.find(({ attempt }) => attempt > (call.waking ?? Number.POSITIVE_INFINITY));
  return traces.flatMap((trace) => [
    ...(trace === beyond ? wakeOver : []),
    ...eventsOfTrace(call, look, trace, traces),
  ]);
}

/** Of one leg. */
function eventsOfTrace(
  call: Call,
  look: Look,
  trace: LegTrace,
  traces: readonly LegTrace[],
): readonly CallEvent[] {
  if (trace.seen !== undefined) return presentEvents(trace, trace.seen, look);
  const { channel, leg, proof } = trace;
  const neverWas = (leg === undefined || leg.status === 'creating') && proof === undefined;
  const end = neverWas
    ? { at: firstSignAfter(trace, traces) ?? call.seenAt, q850: q850.congestion }
    : endOf(call, look, proof);
  return [
    ...madeEvents(trace),
    ...answerEvents(trace, proof?.answeredAt),
    { type: 'leg.ended', leg: channel, ...end },
  ];
}

/** A later attempt was begun: the time of the one who was being woken was over before. */
function wakeOverEvent({ waking }: Call, traces: readonly LegTrace[]): readonly CallEvent[] {
  if (waking === undefined) return [];
  const signs = traces.flatMap(({ attempt, seen, proof }) =>
    attempt > waking ? (seen?.createdAt ?? proof?.createdAt ?? []) : [],
  );
  return signs.length === 0
    ? []
    : [{ type: 'timer.fired', timer: 'wake', attempt: waking, at: Math.min(...signs) }];
}

/** The legs that live by the call's own account, and those of attempts that a crash cut off from the record. */
function tracesOf(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly LegTrace[] {
  const traces = plannedLegs(call)
    .map(({ channel, attempt }) => ({
      channel,
      attempt,
      leg: call.legs.find((known) => known.channel === channel),
      seen: look.channels.get(channel),
      proof: evidence.get(channel),
    }))
    .filter(({ leg }) => leg?.status !== 'ended');
  // An attempt of which there is any sign was begun, so all before it are over, even those that left no trace.
  const begun = Math.max(
    call.attempt,
    ...call.legs.map(({ attempt }) => attempt),
    ...traces.filter(isSign).map(({ attempt }) => attempt),
  );
  return traces.filter(({ attempt }) => attempt <= begun);
}

/** A log that is read after the look may know of a leg made in between: only one that also ended there counts. */
const isSign = ({ seen, proof }: LegTrace): boolean => seen !== undefined || proof?.endedAt !== undefined;

function firstSignAfter({ attempt }: LegTrace, traces: readonly LegTrace[]): Time | undefined {
  const later = traces.flatMap((one) =>
    one.attempt > attempt ? (one.seen?.createdAt ?? one.proof?.createdAt ?? []) : [],
  );
  return later.length === 0 ? undefined : Math.min(...later);
}

function presentEvents(trace: LegTrace, seen: SeenChannel, look: Look): readonly CallEvent[] {
  const { channel, leg, proof } = trace;
  const rings = seen.ringing && leg?.ringingAt === undefined;
  return [
    ...madeEvents(trace),
    ...(rings ? [{ type: 'leg.ringing', leg: channel, at: look.at } as const] : []),
    ...answerEvents(trace, proof?.answeredAt ?? (seen.up ? look.at : undefined)),
  ];
}

function madeEvents({ channel, leg, seen, proof }: LegTrace): readonly CallEvent[] {
  const at = seen?.createdAt ?? proof?.createdAt;
  const news = at !== undefined && (leg === undefined || leg.status === 'creating');
  return news ? [{ type: 'leg.created', leg: channel, at }] : [];
}

const answerEvents = ({ channel, leg }: LegTrace, at: Time | undefined): readonly CallEvent[] =>
  at !== undefined && leg?.answeredAt === undefined ? [{ type: 'leg.answered', leg: channel, at }] : [];

/** When and why a channel that is gone went: from CEL; else at the node's death; else at the last sign of life. */
export function endOf(
  call: Call,
  look: Look,
  proof: Evidence | undefined,
): { at: Time; q850: number; sip?: number; unseen?: Unseen } {
  if (proof?.endedAt !== undefined) {
    return {
      at: proof.endedAt,
      q850: proof.q850 ?? q850.normal,
      ...(proof.sip === undefined ? {} : { sip: proof.sip }),
    };
  }
  if (call.startedAt < look.startedAt) {
    const died = Math.min(look.startedAt, look.lostAt ?? look.startedAt);
    return { at: Math.max(died, call.seenAt), q850: q850.temporaryFailure, unseen: 'node-lost' };
  }
  const at = Math.max(call.seenAt, look.wholeAt?.get(call.id) ?? 0);
  return { at, q850: q850.temporaryFailure, unseen: 'lost' };
}

/** Every channel that the call has, had, or may have had in an attempt of its plan. */
export const channelsOfAll = (call: Call): readonly string[] =>
  plannedLegs(call).map(({ channel }) => channel);

const plannedLegs = (call: Call): readonly { readonly channel: string; readonly attempt: number }[] =>
  (call.plan?.attempts ?? []).flatMap((plan, at) =>
    (plan.kind === 'ring' ? plan.legs : []).map((_, index) => ({
      channel: legChannelOf(call.id, at + 1, index + 1),
      attempt: at + 1,
    })),
  );
