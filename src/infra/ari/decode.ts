import type { AriEvent } from './ari.port.js';
import {
  channelSnapshot,
  channelState,
  integer,
  object,
  text,
  texts,
  time,
  type Unchecked,
} from './decode.fields.js';
import { transfer } from './decode.transfer.js';
import type {
  AnyEvent,
  Channel,
  ChannelDestroyed,
  ChannelDtmfReceived,
  ChannelHangupRequest,
  ChannelHold,
  ChannelStateChange,
  ContactStatusChange,
  Dial,
  Endpoint,
  LiveRecording,
  Playback,
  PlaybackFinished,
  RecordingFinished,
  StasisEnd,
  StasisStart,
} from './generated/models.js';

/** `unused`: one of Asterisk's many events that no call needs. `malformed`: one we need, without what we need of it. */
export type Decoded =
  | { readonly kind: 'event'; readonly event: AriEvent }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'unused'; readonly type: string }
  | { readonly kind: 'malformed'; readonly type: string };

type EventDecoder = (raw: object, at: Date) => AriEvent | undefined;

/** Asterisk's names of the events we use, and how each becomes ours. Its keys are also the event filter. */
const DECODERS = {
  StasisStart: (raw, at) => {
    const { channel, args, replace_channel: replaced } = raw as Unchecked<StasisStart>;
    const replaces = replaced === undefined ? undefined : idOf(replaced);
    const started = channelSnapshot(channel, true);
    const given = texts(args);
    return started === undefined || given === undefined
      ? undefined
      : {
          type: 'stasis.start',
          at,
          channel: started,
          args: given,
          ...(replaces === undefined ? {} : { replaces }),
        };
  },
  StasisEnd: (raw, at) => {
    const channelId = idOf((raw as Unchecked<StasisEnd>).channel);
    return channelId === undefined ? undefined : { type: 'stasis.end', at, channelId };
  },
  ChannelStateChange: (raw, at) => {
    const channel = object<Channel>((raw as Unchecked<ChannelStateChange>).channel);
    const channelId = idOf(channel);
    const state = channelState(channel?.state);
    return channelId === undefined || state === undefined
      ? undefined
      : { type: 'channel.state', at, channelId, state };
  },
  Dial: (raw, at) => {
    const { peer, caller, dialstatus } = raw as Unchecked<Dial>;
    const channelId = idOf(peer);
    const callerId = idOf(caller);
    const status = text(dialstatus);
    if (channelId === undefined || status === undefined) return undefined;
    return { type: 'dial', at, channelId, status, ...(callerId === undefined ? {} : { callerId }) };
  },
  ChannelDestroyed: (raw, at) => {
    const { channel, cause, tech_cause } = raw as Unchecked<ChannelDestroyed>;
    const channelId = idOf(channel);
    const hangupCause = integer(cause);
    const techCause = integer(tech_cause);
    if (channelId === undefined || hangupCause === undefined) return undefined;
    return {
      type: 'channel.destroyed',
      at,
      channelId,
      cause: hangupCause,
      ...(techCause === undefined ? {} : { techCause }),
    };
  },
  ChannelHangupRequest: (raw, at) => {
    const channelId = idOf((raw as Unchecked<ChannelHangupRequest>).channel);
    return channelId === undefined ? undefined : { type: 'channel.hanging', at, channelId };
  },
  ChannelDtmfReceived: (raw, at) => {
    const { channel, digit, duration_ms } = raw as Unchecked<ChannelDtmfReceived>;
    const channelId = idOf(channel);
    const key = text(digit);
    const durationMs = integer(duration_ms);
    if (channelId === undefined || key === undefined || durationMs === undefined) return undefined;
    return { type: 'dtmf', at, channelId, digit: key, durationMs };
  },
  ContactStatusChange: (raw, at) => {
    const endpoint = object<Endpoint>((raw as Unchecked<ContactStatusChange>).endpoint);
    const name = text(endpoint?.resource);
    return name
      ? { type: 'contact.changed', at, endpoint: name, online: endpoint?.state === 'online' }
      : undefined;
  },
  ChannelTransfer: transfer,
  ChannelHold: (raw, at) => hold(raw, at, true),
  ChannelUnhold: (raw, at) => hold(raw, at, false),
  PlaybackFinished: (raw, at) => {
    const playback = object<Playback>((raw as Unchecked<PlaybackFinished>).playback);
    const playbackId = idOf(playback);
    if (playbackId === undefined) return undefined;
    return { type: 'playback.finished', at, playbackId, failed: playback?.state === 'failed' };
  },
  RecordingFinished: (raw, at) => recorded(raw, at, false),
  RecordingFailed: (raw, at) => recorded(raw, at, true),
} as const satisfies Partial<Record<AnyEvent['type'], EventDecoder>>;

const REPLACED = 'ApplicationReplaced' satisfies AnyEvent['type'];

/** What `PUT /applications/{app}/eventFilter` must let through; being replaced would be filtered out like any other (seen on 22.10.1). */
export const USED_EVENTS: readonly string[] = [...Object.keys(DECODERS), REPLACED];

/** Checks one parsed message of the event socket. Total: never throws, whatever the message is. */
export function decodeEvent(message: unknown): Decoded {
  const raw = object<{ type: string; timestamp: string }>(message);
  const type = text(raw?.type);
  if (raw === undefined || type === undefined) return { kind: 'malformed', type: '' };
  if (type === REPLACED) return { kind: 'replaced' };
  if (!Object.hasOwn(DECODERS, type)) return { kind: 'unused', type };
  const at = time(raw.timestamp);
  const event = at === undefined ? undefined : DECODERS[type as keyof typeof DECODERS](raw, at);
  return event !== undefined ? { kind: 'event', event } : { kind: 'malformed', type };
}

function idOf(resource: unknown): string | undefined {
  return text(object<Channel | Playback>(resource)?.id) || undefined;
}

function hold(raw: object, at: Date, held: boolean): AriEvent | undefined {
  const channelId = idOf((raw as Unchecked<ChannelHold>).channel);
  return channelId === undefined ? undefined : { type: 'hold', at, channelId, held };
}

function recorded(raw: object, at: Date, failed: boolean): AriEvent | undefined {
  const name = text(object<LiveRecording>((raw as Unchecked<RecordingFinished>).recording)?.name);
  return name ? { type: 'recording.finished', at, recording: name, failed } : undefined;
}
