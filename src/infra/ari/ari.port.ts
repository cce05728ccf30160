/**
 * What the exchange may ask of an Asterisk node, and how the node answers. Transport-free: implemented over
 * ari-client (ari-client.transport.ts), faked in unit tests for event orders that reality can't be made to produce.
 * Ids of channels, bridges and playbacks are always chosen by the caller, so a repeated request is harmless.
 */

/** `gone`: the channel or bridge no longer exists or is in no state for it (HTTP 404, 409, 412): a normal transition, never an error.
 *  `rejected`: Asterisk refused (other 4xx/5xx). `unknown`: deadline passed or transport failed; reconcile, don't assume. */
export type AriOutcome<T = void> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'gone'; readonly status: number; readonly message: string }
  | { readonly kind: 'rejected'; readonly status: number; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

export type ChannelState =
  | 'Down'
  | 'Rsrvd'
  | 'OffHook'
  | 'Dialing'
  | 'Ring'
  | 'Ringing'
  | 'Up'
  | 'Busy'
  | 'Dialing Offhook'
  | 'Pre-ring'
  | 'Unknown';

export interface ChannelSnapshot {
  readonly id: string;
  readonly name: string;
  readonly state: ChannelState;
  /** ISO 8601, Asterisk's clock. */
  readonly createdAt: Date;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly language: string;
  readonly context: string;
  readonly exten: string;
  readonly protocolId: string;
  /** Variables set with report_events, and ari.conf's channelvars. */
  readonly vars: Readonly<Record<string, string>>;
  /** True when the channel is in our Stasis application. */
  readonly inApp: boolean;
}

export interface BridgeSnapshot {
  readonly id: string;
  readonly channels: readonly string[];
}

export interface NodeSnapshot {
  readonly channels: readonly ChannelSnapshot[];
  readonly bridges: readonly BridgeSnapshot[];
  /** Asterisk's own start time: when it changed, every earlier channel is gone. */
  readonly startedAt: Date;
}

export interface CreateLeg {
  readonly channelId: string;
  /** `PJSIP/<user>@<endpoint>` or `PJSIP/<endpoint>`. */
  readonly endpoint: string;
  /** Passed to StasisStart of the leg, so that it is known to be ours. */
  readonly appArgs: readonly string[];
  /** Channel whose leg this is: linked id, language, accounting. */
  readonly originator?: string;
  /** Channel variables and functions, e.g. `CONNECTEDLINE(num)`, `TIMEOUT(absolute)`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly formats?: readonly string[];
}

export type TransferProgress = 'answered' | 'declined' | 'unavailable';

export interface AriPort {
  answer(channelId: string): Promise<AriOutcome>;
  ring(channelId: string): Promise<AriOutcome>;
  progress(channelId: string): Promise<AriOutcome>;
  /** Leaves the application; the dialplan goes on at the given place. */
  continueInDialplan(
    channelId: string,
    to: { context: string; exten: string; priority: number },
  ): Promise<AriOutcome>;
  /** `cause` is a Q.850 cause; chan_pjsip turns it into the SIP status. */
  hangup(channelId: string, cause: number): Promise<AriOutcome>;
  setVars(channelId: string, vars: Readonly<Record<string, string>>): Promise<AriOutcome>;
  getVar(channelId: string, name: string): Promise<AriOutcome<string>>;
  createLeg(leg: CreateLeg): Promise<AriOutcome>;
  /** Tells the phone that asked for a transfer (REFER) on this channel what became of it: a NOTIFY with 200, 603 or 503. */
  transferProgress(channelId: string, progress: TransferProgress): Promise<AriOutcome>;
  dial(channelId: string, dial: { caller?: string; timeoutSeconds: number }): Promise<AriOutcome>;
  createBridge(bridgeId: string, type: 'mixing' | 'holding'): Promise<AriOutcome>;
  addToBridge(bridgeId: string, channelIds: readonly string[]): Promise<AriOutcome>;
  /** Puts them together and then dials one of them: two requests in this order, without waiting in between where the way to Asterisk keeps it. */
  joinAndDial(
    bridgeId: string,
    channelIds: readonly string[],
    dial: { leg: string; timeoutSeconds: number },
  ): Promise<readonly AriOutcome[]>;
  removeFromBridge(bridgeId: string, channelIds: readonly string[]): Promise<AriOutcome>;
  destroyBridge(bridgeId: string): Promise<AriOutcome>;
  /** `media` are Asterisk URIs (`sound:…`, `tone:…`), played one after the other. */
  play(
    target: { channelId: string } | { bridgeId: string },
    playbackId: string,
    media: readonly string[],
    lang?: string,
  ): Promise<AriOutcome>;
  stopPlayback(playbackId: string): Promise<AriOutcome>;
  /** Whether a PJSIP endpoint can be reached: a contact of it answered OPTIONS last, or is not asked. `gone`: there is no such endpoint. */
  endpointOnline(endpoint: string): Promise<AriOutcome<boolean>>;
  /**
   * `contact.changed` of this PJSIP endpoint from now on, until told otherwise or the connection ends (its calls' events then come
   * twice). Not `done` where Asterisk has not yet seen such an endpoint.
   */
  watchEndpoint(endpoint: string, watched: boolean): Promise<AriOutcome>;
  snapshot(): Promise<AriOutcome<NodeSnapshot>>;
}

/** Ours, decoded and checked once at the edge; everything else of Asterisk's events is filtered out or dropped with a count. `at` is Asterisk's timestamp. */
export type AriEvent =
  | {
      readonly type: 'stasis.start';
      readonly at: Date;
      readonly channel: ChannelSnapshot;
      readonly args: readonly string[];
      /** The channel whose place it took, with its arguments: Asterisk lets an INVITE with Replaces (RFC 3891) do that. */
      readonly replaces?: string;
    }
  | { readonly type: 'stasis.end'; readonly at: Date; readonly channelId: string }
  /** A watched telephone has registered, renewed its registration, or is gone. `online`: it has a contact. */
  | {
      readonly type: 'contact.changed';
      readonly at: Date;
      readonly endpoint: string;
      readonly online: boolean;
    }
  | {
      readonly type: 'channel.state';
      readonly at: Date;
      readonly channelId: string;
      readonly state: ChannelState;
    }
  /** `status`: '' | RINGING | PROGRESS | ANSWER | BUSY | … of the dialled channel. */
  | {
      readonly type: 'dial';
      readonly at: Date;
      readonly channelId: string;
      readonly callerId?: string;
      readonly status: string;
    }
  /** It was told to end, by its far end or by us: `channel.destroyed` follows at once. */
  | { readonly type: 'channel.hanging'; readonly at: Date; readonly channelId: string }
  | {
      readonly type: 'channel.destroyed';
      readonly at: Date;
      readonly channelId: string;
      readonly cause: number;
      readonly techCause?: number;
    }
  | {
      readonly type: 'dtmf';
      readonly at: Date;
      readonly channelId: string;
      readonly digit: string;
      readonly durationMs: number;
    }
  | { readonly type: 'hold'; readonly at: Date; readonly channelId: string; readonly held: boolean }
  | {
      readonly type: 'playback.finished';
      readonly at: Date;
      readonly playbackId: string;
      readonly failed: boolean;
    }
  /** A phone asked for a transfer (REFER) and waits to be told what becomes of it. */
  | {
      readonly type: 'transfer.asked';
      readonly at: Date;
      /** The asking phone's own channel. */
      readonly channel: ChannelSnapshot;
      /** User part of Refer-To, percent-decoded: what the phone dialled. */
      readonly target: string;
      /** The dialog in whose place the other party is to come (RFC 3891): an attended transfer. Without a channel: none of this node. */
      readonly replaces?: { readonly channel?: ChannelSnapshot };
    }
  /** What we told with `transferProgress`, told back. */
  | { readonly type: 'transfer.told'; readonly at: Date; readonly channelId: string }
  /** `failed`: nothing usable was written. */
  | {
      readonly type: 'recording.finished';
      readonly at: Date;
      readonly recording: string;
      readonly failed: boolean;
    };

/** What the stream tells besides events. `connected` comes before any event of that connection and asks for a resync;
 *  events that arrive during the resync are held back and delivered after it. `replaced`: another exchange took the application over: stop. */
export interface AriStreamHandler {
  onConnected(): Promise<void>;
  onEvent(event: AriEvent): void;
  onDisconnected(reason: string): void;
  onReplaced(): void;
}
