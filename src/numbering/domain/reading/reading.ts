import type { EmergencyService } from '../emergency/emergency-codes.js';
import type { AddressOwner, Assignment, Branch, PinAssignment, VnsAssignment } from '../own/assignment.js';
import type { PhoneType } from '../telephone/phone.js';
import type { Ccc, E164, Region } from '../telephone/region.js';

/** What a dialled string means. Closed: a `switch` over `kind` ends in `assertNever`. */
export type Reading =
  | EmergencyReading
  | FeatureReading
  | PinReading
  | VnsReading
  | PstnReading
  | CarrierReading
  | DomainReading
  | EmailReading
  | UriReading
  | UnallocatedReading
  | RefusedReading;

/** Leaves through `country`'s gateway with the device's location number; no balance or barring stops it. */
export interface EmergencyReading {
  readonly kind: 'emergency';
  /** What the country's network understands: where 911 is foreign, the local code that stands for it. */
  readonly number: string;
  readonly country: Region;
  readonly service: EmergencyService;
}

export interface FeatureReading {
  readonly kind: 'feature';
  readonly code: string;
  readonly feature: string;
  /** What followed the code, `''` if nothing: itself a dial string where the feature wants a number. */
  readonly argument: string;
}

export interface PinReading {
  readonly kind: 'pin';
  /** Canonical key: AREA-NUMBER digits and ccc. */
  readonly key: string;
  readonly assignment: PinAssignment;
}

export interface VnsReading {
  readonly kind: 'vns';
  /** Canonical key: `62006200#082`, the ccc being that of the branch. */
  readonly key: string;
  readonly number: string;
  readonly ccc: Ccc;
  readonly assignment: VnsAssignment;
  readonly branch: Branch;
}

export interface PstnReading {
  readonly kind: 'pstn';
  readonly e164: E164;
  /** Absent for non-geographic codes (+800 …). */
  readonly region: Region | undefined;
  readonly type: PhoneType;
  /** Set when this is a member's verified shadow: ring the member, on-net. */
  readonly holder?: Assignment;
  /** Set when a carrier claims the prefix: it goes out by that carrier, the PSTN routes are its backup. */
  readonly carrierId?: string;
}

export interface CarrierReading {
  readonly kind: 'carrier';
  readonly carrierId: string;
  /** As that carrier's pattern matched it: digits, `+digits`, `*393…` or a SIP URI without its scheme. */
  readonly number: string;
}

export interface DomainReading {
  readonly kind: 'domain';
  /** Lower case, IDN as A-labels. */
  readonly domain: string;
  readonly owner: AddressOwner;
  /** The branch to ring when the owner's number is a company number. */
  readonly branch?: Branch;
}

export interface EmailReading {
  readonly kind: 'email';
  readonly email: string;
  readonly owner: AddressOwner;
}

/** A SIP address elsewhere, to be found by RFC 3263 (NAPTR, SRV, A). */
export interface UriReading {
  readonly kind: 'uri';
  readonly uri: string;
  readonly host: string;
}

export type UnallocatedReason = 'nobody-has-it' | 'no-branch' | 'foreign-sip-off';

export interface UnallocatedReading {
  readonly kind: 'unallocated';
  readonly reason: UnallocatedReason;
  readonly sip: 404;
  /** Q.850 cause 1: unallocated (unassigned) number. */
  readonly q850: 1;
  readonly text: string;
}

export type RefusedReason =
  | 'empty'
  | 'too-long'
  | 'control-character'
  | 'bad-escape'
  | 'letters'
  | 'bad-character'
  | 'bad-address'
  | 'bad-scheme'
  | 'incomplete'
  | 'barred';

export interface RefusedReading {
  readonly kind: 'refused';
  readonly reason: RefusedReason;
  /** 484 Address Incomplete for what cannot be read, 403 for what the operator bars. */
  readonly sip: 484 | 403;
  /** Q.850 cause 28 invalid number format, 21 call rejected. */
  readonly q850: 28 | 21;
  readonly text: string;
}
