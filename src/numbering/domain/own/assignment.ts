import type { Ccc, E164, Region } from '../telephone/region.js';

/** A sold number, as the directory knows it. */
export type Assignment = PinAssignment | VnsAssignment;

interface Sold {
  readonly id: string;
  /** The look-up key of `assignmentKeys` (keys.ts): `0262006200082`, `62006200#`. */
  readonly key: string;
  readonly holderId: string;
  readonly shadows: readonly Shadow[];
  /** Its fee is not paid: it is not rung, and not shown, until it is. */
  readonly suspended?: boolean;
  /** The queue whose agents answer it, instead of its holder's devices. */
  readonly queue?: QueuePointer | null;
}

export interface PinAssignment extends Sold {
  readonly kind: 'pin';
  readonly ccc: Ccc;
  readonly region: Region;
  /** Its NUMBER was issued from an identifier code; in `region` it is also dialled without the ccc. */
  readonly identification: boolean;
}

/** A company's number: one for the whole world, `ccc` and `region` being its home. */
export interface VnsAssignment extends Sold {
  readonly kind: 'vns';
  readonly ccc: Ccc;
  readonly region: Region;
  readonly branches: readonly Branch[];
}

export interface Branch {
  readonly id: string;
  readonly ccc: Ccc;
  readonly region: Region;
  /** Answers for its ccc when the caller's region has no branch of its own. */
  readonly isDefault: boolean;
  /** Whose devices answer for it; absent: the company's own. */
  readonly memberId?: string;
  /** The queue whose agents answer for it; absent: the number's, if it has one. */
  readonly queue?: QueuePointer | null;
}

/** Where callers wait for an agent. `late`: they are not answered before one does. */
export interface QueuePointer {
  readonly id: string;
  readonly late: boolean;
}

/** The E.164 number by which other networks reach a sold number. Only a verified one rings the member or is presented. */
export interface Shadow {
  readonly country: Region;
  readonly e164: E164;
  readonly verified: boolean;
}

/** A company's domain or a person's e-mail address. */
export interface AddressOwner {
  readonly holderId: string;
  readonly verified: boolean;
  /** The number that a call to the address goes to, when its holder has one. */
  readonly assignment?: Assignment;
}
