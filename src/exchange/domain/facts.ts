import type { Reading, StepVerdict } from '../../numbering/index.js';
import type { Origin } from './call.js';
import type { Load } from './load.js';
import type { Member } from './member.js';
import type { Network } from './network.js';
import type { UriService } from './uri-service.js';

export type { CallSettings, CarrierNumber, Contact, FindMeStep, Member, MemberNumber } from './member.js';

/** Where a dialled string leads: how it was read, and who or what is there. */
export interface Destination {
  readonly dialled: string;
  readonly reading: Reading;
  readonly verdicts: readonly StepVerdict[];
  /** The member whom the reading leads to; undefined where it leads to none, or the directory is away. */
  readonly callee?: Callee | undefined;
  /** What the DNS says of a SIP address elsewhere. */
  readonly uri?: UriService;
}

/** A called member, and where he lets his calls be forwarded to: read as if he had dialled it himself. */
export interface Callee extends Member {
  readonly forwards?: Forwards;
}

export interface Forwards {
  readonly always?: Destination;
  readonly busy?: Destination;
  readonly noAnswer?: Destination;
}

/** How healthy a trunk seems: `open` (as of a circuit breaker) takes no call while there is another way. */
export type TrunkHealthLook = (trunkId: string) => 'closed' | 'half-open' | 'open';

/** What counts for a member who has no limits of his own; null: none. */
export interface MemberLimits {
  readonly calls: number | null;
  readonly callsPerSecond: number | null;
}

/** Everything that decides where a call goes, gathered beforehand. */
export interface RouteFacts extends Destination {
  readonly origin: Origin;
  /** What the caller's network gave as calling number; believed of trunks only. */
  readonly presented: string;
  /** The same as E.164 with +, where it is a telephone number. */
  readonly presentedE164?: string;
  /** Who has sent the call on before it came here: their telephone numbers as E.164 with +, and how often in all. */
  readonly diverted?: { readonly by: ReadonlySet<string>; readonly times: number };
  /** The calling member; undefined for trunks, and for members while the directory is away. */
  readonly caller: Member | undefined;
  /** The call is a transfer: the caller puts somebody through, who called in by a trunk or not. */
  readonly transferred?: { readonly fromTrunk: boolean };
  /** The caller does not want his number shown: his setting, or what he dialled before the number. */
  readonly hidden: boolean;
  readonly network: Network;
  /** The call's own chance, 0 <= dice < 1. */
  readonly dice: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly trunkHealth: TrunkHealthLook;
  /** What is in use at this moment. */
  readonly load: Load;
  readonly memberLimits: MemberLimits;
  /** Our own SIP domain, for identities that we vouch for. */
  readonly sipDomain: string;
}
