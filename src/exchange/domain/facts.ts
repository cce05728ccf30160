import type { Reading, StepVerdict } from '../../numbering/index.js';
import type { Origin } from './call.js';
import type { Network } from './network.js';

/** A member as far as calls go. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** SIP user names of his enabled devices. */
  readonly devices: readonly string[];
  readonly numbers: readonly MemberNumber[];
}

/** One of his numbers: what members see, and what other networks see of it. */
export interface MemberNumber {
  readonly key: string;
  readonly region: string;
  readonly shadows: readonly {
    readonly country: string;
    readonly e164: string;
    readonly verified: boolean;
  }[];
}

/** Everything that decides where a call goes, gathered beforehand; plain data. */
export interface RouteFacts {
  readonly origin: Origin;
  /** What the caller's network gave as calling number; believed of trunks only. */
  readonly presented: string;
  /** The calling member; undefined for trunks, and for members while the directory is away. */
  readonly caller: Member | undefined;
  readonly reading: Reading;
  readonly verdicts: readonly StepVerdict[];
  /** The member whom the reading leads to, if any. */
  readonly callee: Member | undefined;
  readonly network: Network;
  /** The call's own chance, 0 <= dice < 1. */
  readonly dice: number;
}
