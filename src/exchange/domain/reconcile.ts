import type { Call, Leg, Time } from './call.js';
import { liveLegs } from './call.js';
import type { CallEvent, Unseen } from './call-event.js';
import { q850 } from './causes.js';
import { bridgeOf, callOfBridge, legChannelOf, legNameOf } from './ids.js';

/** Asterisk as it was at one moment. */
export interface Look {
  /** Asterisk's time of the look. */
  readonly at: Time;
  readonly channels: ReadonlyMap<string, SeenChannel>;
  /** Members of each bridge. */
  readonly bridges: ReadonlyMap<string, readonly string[]>;
  /** Asterisk was started anew at this time, so whatever is older died with it … */
  readonly startedAt: Time;
  /** … at the latest when the connection to it was lost, where we saw that. */
  readonly lostAt?: Time;
  /** When a call was last seen whole, by its id: the fallback where nothing says when a channel went. */
  readonly wholeAt?: ReadonlyMap<string, Time>;
}

export interface SeenChannel {
  readonly createdAt: Time;
  readonly up: boolean;
  readonly ringing: boolean;
  readonly inApp: boolean;
}

/** What Asterisk's own event log (CEL) says of a channel. */
export interface Evidence {
  readonly createdAt?: Time;
  readonly answeredAt?: Time;
  readonly endedAt?: Time;
  readonly q850?: number;
  readonly sip?: number;
}

export interface Differences {
  /** For each open call, what happened to it that it does not know yet, in the order in which it happened. */
  readonly events: ReadonlyMap<string, readonly CallEvent[]>;
  /** Legs of ours, in our application, whose call is not open. */
  readonly strangers: readonly string[];
  /** Callers in our application whom no open call knows. */
  readonly unclaimed: readonly string[];
  /** Bridges of ours whose call is not open. */
  readonly leftovers: readonly string[];
}

/** Calls that are open, or were a moment ago: by id, and by their caller's channel. */
export interface Known {
  call(callId: string): boolean;
  caller(channel: string): boolean;
}

/**
 * Compares Asterisk with the open calls and says the differences as events for the same `step` that live events go
 * through. Pure. `calls` are the calls as they were *before* the look, so that what is absent in it is gone for good.
 * What belongs to no call in `known` is a stranger.
 */
export function reconcile(
  look: Look,
  calls: readonly Call[],
  evidence: ReadonlyMap<string, Evidence>,
  known: Known,
): Differences {
  const ours = [...look.channels].filter(([, seen]) => seen.inApp).map(([id]) => id);
  return {
    events: new Map(calls.map((call) => [call.id, eventsOf(call, look, evidence)])),
    strangers: ours.filter((id) => isLeftOver(legNameOf(id)?.callId, known)),
    unclaimed: ours.filter((id) => legNameOf(id) === undefined && !known.caller(id)),
    leftovers: [...look.bridges.keys()].filter((id) => isLeftOver(callOfBridge(id), known)),
  };
}

const isLeftOver = (callId: string | undefined, known: Known): boolean =>
  callId !== undefined && !known.call(callId);

function eventsOf(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly CallEvent[] {
  const channels = knownChannels(call, look, evidence);
  const happened = [
    ...callerEvents(call, look, evidence),
    ...channels.flatMap((channel) => legEvents(call, channel, look, evidence.get(channel))),
  ].sort((a, b) => timeOf(a) - timeOf(b));
  const bridged = look.bridges.get(bridgeOf(call.id)) ?? [];
  return [
    ...happened,
    ...bridgeEvents(call, look),
    ...joinEvents(call, bridged),
    { type: 'looked', present: presentOf(call, channels, look), bridged },
  ];
}

const timeOf = (event: CallEvent): Time => ('at' in event ? event.at : 0);

/** The call's legs and those of later attempts that its saved state does not know of, but Asterisk or its log does. */
function knownChannels(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly string[] {
  const later = (call.plan?.attempts ?? []).flatMap((plan, at) =>
    at + 1 > call.attempt ? plan.legs.map((_, leg) => legChannelOf(call.id, at + 1, leg + 1)) : [],
  );
  return [
    ...liveLegs(call).map((leg) => leg.channel),
    // A log that is read after the look may know of a leg made in between: only one that also ended there is told.
    ...later.filter((channel) => look.channels.has(channel) || evidence.get(channel)?.endedAt !== undefined),
  ];
}

const presentOf = (call: Call, channels: readonly string[], look: Look): readonly string[] =>
  [...new Set([call.caller.channel, ...call.legs.map((leg) => leg.channel), ...channels])].filter((channel) =>
    look.channels.has(channel),
  );

function callerEvents(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly CallEvent[] {
  const { channel, endedAt } = call.caller;
  if (endedAt !== undefined || look.channels.has(channel)) return [];
  return [{ type: 'caller.ended', ...endOf(call, look, evidence.get(channel)) }];
}

function legEvents(
  call: Call,
  channel: string,
  look: Look,
  proof: Evidence | undefined,
): readonly CallEvent[] {
  const leg = call.legs.find((known) => known.channel === channel);
  const seen = look.channels.get(channel);
  const created = createdEvents(leg, channel, seen?.createdAt ?? proof?.createdAt);
  if (seen === undefined) {
    return [
      ...created,
      ...answeredEvents(leg, channel, proof?.answeredAt),
      goneEvent(call, channel, leg, look, proof),
    ];
  }
  const answeredAt = proof?.answeredAt ?? (seen.up ? look.at : undefined);
  const rings = seen.ringing && leg?.ringingAt === undefined;
  return [
    ...created,
    ...(rings ? [{ type: 'leg.ringing', leg: channel, at: look.at } as const] : []),
    ...answeredEvents(leg, channel, answeredAt),
  ];
}

const createdEvents = (leg: Leg | undefined, channel: string, at: Time | undefined): readonly CallEvent[] =>
  at !== undefined && (leg === undefined || leg.status === 'creating')
    ? [{ type: 'leg.created', leg: channel, at }]
    : [];

const answeredEvents = (leg: Leg | undefined, channel: string, at: Time | undefined): readonly CallEvent[] =>
  at !== undefined && leg?.answeredAt === undefined ? [{ type: 'leg.answered', leg: channel, at }] : [];

function goneEvent(
  call: Call,
  channel: string,
  leg: Leg | undefined,
  look: Look,
  proof: Evidence | undefined,
): CallEvent {
  const neverWas = leg?.status === 'creating' && proof === undefined;
  const end = neverWas ? { at: call.seenAt, q850: q850.congestion } : endOf(call, look, proof);
  return { type: 'leg.ended', leg: channel, ...end };
}

/** When and why a channel that is gone went: from CEL; else at the node's death; else at the last sign of life. */
function endOf(
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

function bridgeEvents(call: Call, look: Look): readonly CallEvent[] {
  const there = look.bridges.has(bridgeOf(call.id));
  if (call.bridge === 'creating') return [{ type: there ? 'bridge.ready' : 'bridge.failed' }];
  return call.bridge === 'ready' && !there ? [{ type: 'bridge.failed' }] : [];
}

const joinEvents = (call: Call, bridged: readonly string[]): readonly CallEvent[] =>
  bridged
    .filter((channel) => channel !== call.caller.channel)
    .map((leg) => ({ type: 'leg.joined', leg }) as const);
