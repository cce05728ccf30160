import { createHash } from 'node:crypto';

/**
 * Names of everything a call owns in Asterisk, derived from the call's id, so that they are known before anything is
 * created (subscribed before acting), a repeated request is harmless, and a channel found later says whose it is.
 * `<call>.a<attempt>.<leg>` a leg's channel, `<call>.b` the bridge, `<call>.p` the announcement to the caller; attempts and
 * legs count from 1.
 */
export interface LegName {
  readonly callId: string;
  readonly attempt: number;
  readonly leg: number;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const LEG = new RegExp(`^(${UUID})\\.a([1-9][0-9]{0,3})\\.([1-9][0-9]{0,3})$`);
const BRIDGE = new RegExp(`^(${UUID})\\.b$`);
const EAR = new RegExp(`^(${UUID})\\.m[1-9][0-9]{0,5}$`);
const PLAYBACK = new RegExp(`^(${UUID})\\.p$`);

/**
 * The call's id in UUIDv7's form (RFC 9562 section 5.7): the caller channel's creation time, then a hash of node and
 * channel instead of random bits. The same channel always gives the same call, so a start event seen twice, or once
 * before a crash and once after it, can't open two calls.
 */
export function callIdOf(node: string, channelId: string, channelCreatedAt: number): string {
  const time = Math.max(0, Math.trunc(channelCreatedAt)).toString(16).padStart(12, '0').slice(-12);
  const hash = createHash('sha256').update(`${node}\n${channelId}\n${time}`).digest();
  const variant = ((hash.readUInt16BE(0) & 0x3fff) | 0x8000).toString(16);
  const version = `7${hash.toString('hex', 2, 4).slice(0, 3)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hash.toString('hex', 4, 10)}`;
}

export const legChannelOf = (callId: string, attempt: number, leg: number): string =>
  `${callId}.a${attempt}.${leg}`;

export const bridgeOf = (callId: string): string => `${callId}.b`;

/** `<call>.m<n>`: a supervisor's ear at an agent's channel; the call is the supervisor's. */
export const earOf = (callId: string, count: number): string => `${callId}.m${count}`;

/** The supervisor's call that such a channel belongs to, undefined for others. */
export const callOfEar = (channelId: string): string | undefined => EAR.exec(channelId)?.[1];

/** What the caller is told before his call ends. */
export const playbackOf = (callId: string): string => `${callId}.p`;

/** The call whose announcement a playback id names, undefined for others. */
export const callOfPlayback = (playbackId: string): string | undefined => PLAYBACK.exec(playbackId)?.[1];

/** The leg that a channel id names, undefined for channels that are not legs of ours (a caller's, a stranger's). */
export function legNameOf(channelId: string): LegName | undefined {
  const [, callId, attempt, leg] = LEG.exec(channelId) ?? [];
  if (callId === undefined) return undefined;
  return { callId, attempt: Number(attempt), leg: Number(leg) };
}

/** The call that a bridge id names, undefined for bridges that are not ours. */
export const callOfBridge = (bridgeId: string): string | undefined => BRIDGE.exec(bridgeId)?.[1];
