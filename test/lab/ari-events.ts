/** The part of ARI's events that the drivers use (Asterisk's rest-api/events.json has the whole). */
export interface AriChannel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** SIP Call-ID; empty in the first events of a channel. */
  readonly protocol_id: string;
  readonly dialplan: { readonly context: string; readonly exten: string };
}

export interface ChannelEvent {
  readonly type:
    | 'StasisStart'
    | 'StasisEnd'
    | 'ChannelCreated'
    | 'ChannelStateChange'
    | 'ChannelDestroyed'
    | 'ChannelDtmfReceived'
    | 'ChannelHold'
    | 'ChannelUnhold'
    | 'ChannelToneDetected';
  readonly timestamp: string;
  readonly channel: AriChannel;
  /** StasisStart. */
  readonly args?: readonly string[];
  /** ChannelDestroyed: Q.850, and SIP status where the technology told one. */
  readonly cause?: number;
  readonly tech_cause?: number;
  /** ChannelDtmfReceived. */
  readonly digit?: string;
}

export interface BridgeEvent {
  readonly type: 'BridgeDestroyed';
  readonly timestamp: string;
}

export interface PlaybackEvent {
  readonly type: 'PlaybackStarted' | 'PlaybackFinished';
  readonly timestamp: string;
  readonly playback: { readonly id: string };
}

export interface ReplacedEvent {
  readonly type: 'ApplicationReplaced';
  readonly timestamp: string;
}

export type LabEvent = ChannelEvent | BridgeEvent | PlaybackEvent | ReplacedEvent;

/** What Asterisk is asked to send: nothing else leaves it. */
export const wantedEvents = [
  'StasisStart',
  'StasisEnd',
  'ChannelCreated',
  'ChannelStateChange',
  'ChannelDestroyed',
  'ChannelDtmfReceived',
  'ChannelHold',
  'ChannelUnhold',
  'ChannelToneDetected',
  'BridgeDestroyed',
  'PlaybackStarted',
  'PlaybackFinished',
] as const satisfies readonly LabEvent['type'][];

export function isChannelEvent(event: LabEvent): event is ChannelEvent {
  return 'channel' in event;
}

/** `gw-kr` of `PJSIP/gw-kr-0000002a`. */
export function endpointOf(channel: AriChannel): string {
  return /^PJSIP\/(.+)-[0-9a-f]{8}$/.exec(channel.name)?.[1] ?? '';
}

export function describeEvent(event: LabEvent): string {
  const about = isChannelEvent(event)
    ? `${event.channel.name} ${event.channel.id} ${event.channel.state}`
    : '';
  const cause = 'cause' in event ? ` cause ${event.cause} sip ${event.tech_cause ?? '-'}` : '';
  return `${event.timestamp} ${event.type} ${about}${cause}`;
}
