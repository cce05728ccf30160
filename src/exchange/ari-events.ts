import type { AriEvent, ChannelSnapshot } from '../infra/ari/ari.port.js';
import type { Origin } from './domain/call.js';
import type { CallEvent } from './domain/call-event.js';
import { divertedBy } from './domain/diversion.js';
import { type Identity, identityOf } from './domain/identity.js';
import { callOfEar, callOfPlayback, legNameOf } from './domain/ids.js';
import type { Arrival } from './domain/open-call.js';

/** What an event of Asterisk means to us: news of a known call, a new caller, or a channel that should not be there. */
export type News =
  | { readonly kind: 'leg'; readonly callId: string; readonly event: CallEvent }
  | { readonly kind: 'caller'; readonly channel: string; readonly event: CallEvent }
  | { readonly kind: 'arrival'; readonly arrival: Omit<Arrival, 'node'> }
  | {
      readonly kind: 'stranger';
      readonly channel: string;
      readonly reason: string;
      /** Whose place it has taken. */
      readonly replaced?: string;
    }
  | { readonly kind: 'transfer'; readonly asked: Extract<AriEvent, { type: 'transfer.asked' }> }
  | undefined;

/** Translates once, at the edge. A leg's call is in the leg's name, so no index is needed to find it. */
export function newsOf(event: AriEvent): News {
  if (event.type === 'stasis.start' && callOfEar(event.channel.id) !== undefined) return undefined;
  if (event.type === 'stasis.start')
    return event.replaces === undefined ? startNews(event) : thiefNews(event);
  if (event.type === 'playback.finished') return announcementNews(event);
  if (event.type === 'transfer.asked') return { kind: 'transfer', asked: event };
  if (!('channelId' in event)) return undefined;
  if (callOfEar(event.channelId) !== undefined) return undefined;
  const callId = legNameOf(event.channelId)?.callId;
  if (callId === undefined) return callerNews(event);
  const news = legEvent(event);
  return news === undefined ? undefined : { kind: 'leg', callId, event: news };
}

/** The node tells no `channel.destroyed` for callers, only that they left the application (measured). */
function callerNews(event: AriEvent & { readonly channelId: string }): News {
  if (event.type === 'channel.state' && event.state === 'Up') {
    const answered: CallEvent = { type: 'caller.answered', at: event.at.getTime() };
    return { kind: 'caller', channel: event.channelId, event: answered };
  }
  if (event.type !== 'stasis.end' && event.type !== 'channel.destroyed') return undefined;
  const cause = event.type === 'channel.destroyed' && event.cause > 0 ? { q850: event.cause } : {};
  return {
    kind: 'caller',
    channel: event.channelId,
    event: { type: 'caller.ended', at: event.at.getTime(), ...cause },
  };
}

/** A playback of a call of ours; others are a service's. */
function announcementNews({ playbackId, failed }: Extract<AriEvent, { type: 'playback.finished' }>): News {
  const callId = callOfPlayback(playbackId);
  return callId === undefined
    ? undefined
    : { kind: 'leg', callId, event: { type: 'announcement.ended', failed } };
}

function legEvent(event: AriEvent & { readonly channelId: string }): CallEvent | undefined {
  const at = event.at.getTime();
  const leg = event.channelId;
  switch (event.type) {
    case 'dial':
      return dialEvent(event.status, leg, at);
    case 'channel.state':
      if (event.state === 'Ringing') return { type: 'leg.ringing', leg, at };
      return event.state === 'Up' ? { type: 'leg.answered', leg, at } : undefined;
    case 'channel.destroyed': {
      const sip = event.techCause === undefined ? {} : { sip: event.techCause };
      return { type: 'leg.ended', leg, at, q850: event.cause, ...sip };
    }
    default:
      return undefined;
  }
}

function dialEvent(status: string, leg: string, at: number): CallEvent | undefined {
  switch (status) {
    case 'RINGING':
      return { type: 'leg.ringing', leg, at };
    case 'PROGRESS':
      return { type: 'leg.progress', leg, at };
    case 'ANSWER':
      return { type: 'leg.answered', leg, at };
    default:
      // Failures come with `channel.destroyed`, which knows the cause.
      return undefined;
  }
}

type Started = Extract<AriEvent, { type: 'stasis.start' }>;

/** Whoever knows a dialog's Call-ID and tags may ask for its place. His arguments are those of who had it: he is not him. */
const thiefNews = ({ channel, replaces }: Started): News => ({
  kind: 'stranger',
  channel: channel.id,
  reason: 'it took the place of another by an INVITE with Replaces',
  ...(replaces === undefined ? {} : { replaced: replaces }),
});

function startNews({ channel, args, at: start }: Started): News {
  const at = start.getTime();
  const callId = legNameOf(channel.id)?.callId;
  if (callId !== undefined)
    return { kind: 'leg', callId, event: { type: 'leg.created', leg: channel.id, at } };
  const arrival = arrivalOf(channel, args.slice(1), at);
  return arrival === undefined
    ? {
        kind: 'stranger',
        channel: channel.id,
        reason: 'its endpoint is neither a device nor a trunk of ours',
      }
    : { kind: 'arrival', arrival };
}

/** Longer strings are nobody's number; the trace shows this much of them. */
const MOST_DIALLED = 256;

/** The variable that a caller's endpoint sets on his channel (view ps_endpoints): its facts, separated by commas. */
export const FACTS = 'ANYDIAL_FACTS';

/**
 * `country,trunk,device,member,area,location,location as its country writes it,target`; what an endpoint has not is empty or left
 * out. A target is all that the endpoint reaches, whatever it dials.
 */
export type EndpointFacts = readonly string[];

const TARGET = 7;
/** Where a trunk's facts say what became of its call's signature, and at what level it was signed. */
const VERIFIED = 5;

/** A caller, told by his endpoint's facts; undefined when he is neither a device of a member nor a trunk. */
export function arrivalOf(
  channel: ChannelSnapshot,
  facts: EndpointFacts,
  at: number,
): Omit<Arrival, 'node'> | undefined {
  const origin = originOf(channel.name, facts);
  if (origin === undefined) return undefined;
  return {
    caller: {
      channel: channel.id,
      number: channel.callerNumber,
      name: channel.callerName,
      ...(channel.protocolId === '' ? {} : { sipCallId: writable(channel.protocolId) }),
    },
    channelCreatedAt: channel.createdAt.getTime(),
    at,
    origin,
    dialled: writable(facts[TARGET] || channel.exten),
  };
}

/** PostgreSQL's text takes no NUL. */
const writable = (text: string): string => text.replaceAll('\0', '').slice(0, MOST_DIALLED);

/** Whose endpoint a channel is; undefined when it is neither a member's device nor a trunk. */
export function originOf(channelName: string, facts: EndpointFacts): Origin | undefined {
  const [country, trunkId, deviceId, memberId, area, location] = facts;
  if (!country) return undefined;
  if (trunkId)
    return { kind: 'trunk', trunkId, country, ...sentOn(facts.slice(2, VERIFIED)), ...verified(facts) };
  if (!memberId || !deviceId) return undefined;
  return {
    kind: 'member',
    memberId,
    deviceId,
    country,
    ...(area ? { area } : {}),
    ...(location ? { location } : {}),
    username: endpointOf(channelName),
  };
}

/** A trunk's facts go on with the call's Diversion headers (asterisk/node/extensions.conf). */
function sentOn(headers: readonly string[]): { divertedBy?: readonly string[] } {
  const numbers = divertedBy(headers);
  return numbers.length === 0 ? {} : { divertedBy: numbers };
}

function verified(facts: EndpointFacts): { identity?: Identity } {
  const [result, level] = facts.slice(VERIFIED);
  return result === undefined ? {} : { identity: identityOf(result, level ?? '') };
}

/** `PJSIP/lab-a-0000002f` → `lab-a`. */
export const endpointOf = (channelName: string): string =>
  /^PJSIP\/(.+)-[0-9a-f]+$/.exec(channelName)?.[1] ?? '';
