import type { Call, Time } from './call.js';
import { q850 } from './causes.js';
import { bridgeOf, callIdOf } from './ids.js';

/**
 * One party of a talking call puts the other through to somebody else (RFC 5589) and leaves. The call stays open as long
 * as the channel of the party that stays (`kept`). What is paid for is the called party's connection, as ever: where it is the
 * called party who leaves, the record ends with his leaving; where it is the caller, he goes on paying for whom he called. The
 * connection to the new party has a record of its own, of a call that the transferor made: with a blind transfer the
 * exchange opens it for him, with an attended one he had it already.
 */
export type Transfer = BlindTransfer | AttendedTransfer;

interface Parting {
  /** The channel of the party that leaves. */
  readonly by: string;
  /** The channel of the party that stays. */
  readonly kept: string;
  readonly at: Time;
}

export interface BlindTransfer extends Parting {
  readonly kind: 'blind';
  /** The call that was opened for it; `kept` is its caller. */
  readonly to: string;
  /** Answered: until then the transferor may get his party back. */
  readonly done: boolean;
}

export interface AttendedTransfer extends Parting {
  readonly kind: 'attended';
  /** The other of the two calls that became one conversation, and who left it. */
  readonly with: string;
  readonly withBy: string;
  /** Where both kept parties talk: the bridge of one of the two calls. */
  readonly bridge: string;
}

/** Of a call that a blind transfer opened: its caller is the kept party of another, who was answered long ago. */
export interface Borrowed {
  readonly from: string;
  /** The transferor's channel in that call. */
  readonly by: string;
  /** He is still there to take his party back when this call fails. */
  readonly returnable: boolean;
  /** The kept party called in by a trunk: he gets out again only where the transferor's member lets him. */
  readonly fromTrunk: boolean;
}

/** The id of the call that a blind transfer opens; the same request always gives the same id. */
export const transferCallIdOf = (call: Call, by: string, at: Time): string =>
  callIdOf(call.node, `${call.id} ${by}`, at);

/** The bridge in which a call's parties talk. */
export function meetingBridgeOf({ id, transfer }: Call): string {
  if (transfer?.kind === 'attended') return transfer.bridge;
  return bridgeOf(transfer?.done === true ? transfer.to : id);
}

/** The party of a talking call that is not this one; undefined when it is none of its two, or the other has gone. */
export function otherPartyOf(call: Call, channel: string): string | undefined {
  if (call.state !== 'talking') return undefined;
  const winner = call.legs.find((leg) => leg.status === 'answered' && leg.dropped === undefined)?.channel;
  const caller =
    call.caller.endedAt === undefined && call.caller.dropped === undefined ? call.caller.channel : undefined;
  if (channel === caller) return winner;
  return channel === winner ? caller : undefined;
}

/** Whether a party may be put through now: both talk, nobody is leaving already, and it is no call for help. */
export const isTransferable = (call: Call, by: string): boolean =>
  call.transfer === undefined && call.plan?.emergency !== true && otherPartyOf(call, by) !== undefined;

/** How the transferor is told of a target that could not be had: it said no (603), or was not to be reached (503). */
export function refusalOf(cause: number): 'declined' | 'unavailable' {
  const unreached: readonly number[] = [
    q850.congestion,
    q850.networkOutOfOrder,
    q850.temporaryFailure,
    q850.switchCongestion,
    q850.absent,
    q850.destinationOutOfOrder,
    q850.noResponse,
  ];
  return unreached.includes(cause) ? 'unavailable' : 'declined';
}

/** How a call is linked with another: it opened that one, was opened by it, or became one conversation with it. */
export interface TransferLink {
  readonly how: 'opened' | 'opened-by' | 'joined';
  readonly call: string;
  readonly at?: Time;
}

/** For the trace of a call: the transfers it had part in. */
export function linksOf({ transfer, borrowed }: Call): { readonly links?: readonly TransferLink[] } {
  const links: TransferLink[] = [];
  if (borrowed !== undefined) links.push({ how: 'opened-by', call: borrowed.from });
  if (transfer?.kind === 'blind') links.push({ how: 'opened', call: transfer.to, at: transfer.at });
  if (transfer?.kind === 'attended') links.push({ how: 'joined', call: transfer.with, at: transfer.at });
  return links.length === 0 ? {} : { links };
}
