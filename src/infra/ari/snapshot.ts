import type { AriOutcome, BridgeSnapshot, ChannelSnapshot, NodeSnapshot } from './ari.port.js';
import { channelSnapshot, object, text, texts, time } from './decode.fields.js';
import type { Application, AsteriskInfo, Bridge, StatusInfo } from './generated/models.js';

/** The bodies of the four listings, asked for at the same time. */
export interface Listings {
  readonly channels: AriOutcome<unknown>;
  readonly bridges: AriOutcome<unknown>;
  readonly application: AriOutcome<unknown>;
  readonly info: AriOutcome<unknown>;
}

/**
 * One picture of the node from four listings, or the first of their failures: recovery must not act on half a picture.
 * An application that Asterisk doesn't know (404) has no channels.
 */
export function snapshotOf(
  { channels, bridges, application, info }: Listings,
  app: string,
): AriOutcome<NodeSnapshot> {
  if (channels.kind !== 'done') return channels;
  if (bridges.kind !== 'done') return bridges;
  if (info.kind !== 'done') return info;
  if (application.kind !== 'done' && application.kind !== 'gone') return application;
  const startedAt = startTime(info.value);
  const ours = application.kind === 'gone' ? [] : texts(object<Application>(application.value)?.channel_ids);
  const channelList = listOf(channels.value, (one) => channelOf(one, new Set(ours)));
  const bridgeList = listOf(bridges.value, (one) => bridgeOf(one, app));
  if (startedAt === undefined || ours === undefined || channelList === undefined || bridgeList === undefined)
    return { kind: 'unknown', message: 'snapshot: a listing is not what Asterisk documents' };
  return {
    kind: 'done',
    value: { startedAt, channels: channelList, bridges: bridgeList.filter((one) => one.ours) },
  };
}

function startTime(info: unknown): Date | undefined {
  return time(object<StatusInfo>(object<AsteriskInfo>(info)?.status)?.startup_time);
}

function channelOf(raw: unknown, ours: ReadonlySet<string>): ChannelSnapshot | undefined {
  const channel = channelSnapshot(raw, false);
  return channel !== undefined && ours.has(channel.id) ? { ...channel, inApp: true } : channel;
}

/** Bridges that the dialplan's own `Dial()` made (emergency calls), or another exchange, are not ours to see or sweep. */
function bridgeOf(raw: unknown, app: string): (BridgeSnapshot & { readonly ours: boolean }) | undefined {
  const bridge = object<Bridge>(raw);
  const id = text(bridge?.id);
  const channels = texts(bridge?.channels);
  if (id === undefined || channels === undefined) return undefined;
  const name = text(bridge?.name) ?? '';
  return { id, channels, ours: bridge?.bridge_class === 'stasis' && (name === app || name === '') };
}

/** Undefined when the value is no list or one entry is malformed. */
function listOf<T>(value: unknown, read: (one: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list = value.map(read);
  return list.includes(undefined) ? undefined : (list as readonly T[]);
}
