import type { Call, Time } from './call.js';
import type { CallEvent } from './call-event.js';
import { bridgeOf, callOfBridge, callOfEar, legNameOf } from './ids.js';
import { channelsOfAll, endOf, legEvents } from './reconcile-legs.js';
import { meetingBridgeOf } from './transfer.js';

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
    strangers: ours.filter((id) => isLeftOver(ownerOf(id), known) || isUnplanned(id, calls)),
    unclaimed: ours.filter((id) => ownerOf(id) === undefined && !known.caller(id)),
    leftovers: [...look.bridges.keys()].filter((id) => isLeftOver(callOfBridge(id), known)),
  };
}

/** The call that a channel of ours is named after. */
const ownerOf = (channel: string): string | undefined => legNameOf(channel)?.callId ?? callOfEar(channel);

/** A leg that its call does not know: what asked for it was never saved. */
const isUnplanned = (channel: string, calls: readonly Call[]): boolean => {
  const call = calls.find(({ id }) => id === legNameOf(channel)?.callId);
  return call !== undefined && !mayHave(call, channel);
};

/** Whether a leg with this channel is, was or will be the call's. */
export const mayHave = (call: Call, channel: string): boolean =>
  channelsOfAll(call).includes(channel) || call.legs.some((leg) => leg.channel === channel);

const isLeftOver = (callId: string | undefined, known: Known): boolean =>
  callId !== undefined && !known.call(callId);

function eventsOf(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly CallEvent[] {
  const happened = [...callerEvents(call, look, evidence), ...legEvents(call, look, evidence)].sort(
    (a, b) => timeOf(a) - timeOf(b),
  );
  const bridged = look.bridges.get(meetingBridgeOf(call)) ?? [];
  return [
    ...happened,
    ...bridgeEvents(call, look),
    ...joinEvents(call, bridged),
    { type: 'looked', present: presentOf(call, look), bridged, now: look.at },
    ...answeredByUs(call, look, evidence),
  ];
}

const timeOf = (event: CallEvent): Time => ('at' in event ? (event.at ?? 0) : 0);

const presentOf = (call: Call, look: Look): readonly string[] =>
  [call.caller.channel, ...channelsOfAll(call)].filter((channel) => look.channels.has(channel));

function callerEvents(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly CallEvent[] {
  const { channel, endedAt } = call.caller;
  if (endedAt !== undefined || look.channels.has(channel)) return [];
  const proof = evidence.get(channel);
  const ended = { type: 'caller.ended', ...endOf(call, look, proof) } as const;
  // Answered by us for a service, and gone, both unseen; in a call between two his answer changes nothing.
  return call.answeredAt === undefined && proof?.answeredAt !== undefined
    ? [{ type: 'caller.answered', at: proof.answeredAt }, ended]
    : [ended];
}

/** Told after `looked`, which may be what begins the service that he was answered for; in a call between two it changes nothing. */
function answeredByUs(call: Call, look: Look, evidence: ReadonlyMap<string, Evidence>): readonly CallEvent[] {
  const { channel } = call.caller;
  if (call.answeredAt !== undefined || look.channels.get(channel)?.up !== true) return [];
  return [{ type: 'caller.answered', at: evidence.get(channel)?.answeredAt ?? look.at }];
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
