import type { NodeSnapshot } from '../infra/ari/ari.port.js';
import type { ChannelEvidence } from '../infra/ari/cel.js';
import { type Call, legOf } from './domain/call.js';
import { q850 } from './domain/causes.js';
import type { Evidence, Look } from './domain/reconcile.js';
import { channelsOfAll } from './domain/reconcile-legs.js';

/** Asterisk's snapshot as `reconcile` compares it. */
export function lookOf(
  { channels, bridges, startedAt }: NodeSnapshot,
  at: number,
  lostAt: number | undefined,
  wholeAt: ReadonlyMap<string, number>,
): Look {
  return {
    at,
    wholeAt,
    startedAt: startedAt.getTime(),
    ...(lostAt === undefined ? {} : { lostAt }),
    channels: new Map(
      channels.map((channel) => [
        channel.id,
        {
          createdAt: channel.createdAt.getTime(),
          up: channel.state === 'Up',
          ringing: channel.state === 'Ringing',
          inApp: channel.inApp,
        },
      ]),
    ),
    bridges: new Map(bridges.map((bridge) => [bridge.id, bridge.channels])),
  };
}

/** The channels of a call that should live. */
export const channelsOf = (call: Call): readonly string[] => [
  ...(call.caller.endedAt === undefined ? [call.caller.channel] : []),
  ...call.legs.filter((leg) => leg.status !== 'ended').map((leg) => leg.channel),
];

/** What Asterisk's log says of each channel. */
export function evidenceOf(found: ReadonlyMap<string, ChannelEvidence>): ReadonlyMap<string, Evidence> {
  return new Map([...found].map(([channel, proof]) => [channel, one(proof)]));
}

function one({ createdAt, answeredAt, hungUpAt, cause }: ChannelEvidence): Evidence {
  return {
    ...(createdAt === undefined ? {} : { createdAt: createdAt.getTime() }),
    ...(answeredAt === undefined ? {} : { answeredAt: answeredAt.getTime() }),
    ...(hungUpAt === undefined ? {} : { endedAt: hungUpAt.getTime() }),
    // A remote BYE leaves 0 in the log: normal clearing.
    ...(cause === undefined ? {} : { q850: cause || q850.normal }),
  };
}

/** Whether everything of a call that should live does. */
export const isWhole = (call: Call, look: Look): boolean =>
  channelsOf(call).every((channel) => look.channels.has(channel));

/** Somebody was answered and the call does not know it yet, perhaps not even the leg: only Asterisk's log knows when. */
export const missedAnswer = (call: Call, look: Look): boolean =>
  (call.answeredAt === undefined && look.channels.get(call.caller.channel)?.up === true) ||
  channelsOfAll(call).some(
    (channel) => look.channels.get(channel)?.up === true && legOf(call, channel)?.answeredAt === undefined,
  );
