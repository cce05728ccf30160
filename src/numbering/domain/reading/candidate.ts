import type { Address } from '../input/address.js';
import type { Phone } from '../telephone/phone.js';
import type { PstnForm } from '../telephone/pstn-forms.js';
import type { Ccc } from '../telephone/region.js';
import type { CallerContext } from './caller.js';
import type { EmergencyReading, FeatureReading, RefusedReading } from './reading.js';
import type { StepVerdict } from './verdict.js';

/** One thing that a dialled string could mean. Those of ours and addresses hold only if the directory knows them. */
export type Candidate =
  | { readonly step: 'emergency'; readonly kind: 'emergency'; readonly reading: EmergencyReading }
  | { readonly step: 'feature'; readonly kind: 'feature'; readonly reading: FeatureReading }
  | VnsCandidate
  | PinCandidate
  | PstnCandidate
  | {
      readonly step: 'carrier';
      readonly kind: 'carrier';
      readonly carrierId: string;
      readonly number: string;
    }
  | { readonly step: 'address'; readonly kind: 'domain'; readonly domain: string }
  | { readonly step: 'address'; readonly kind: 'email'; readonly email: string }
  | { readonly step: 'address'; readonly kind: 'uri'; readonly address: Address; readonly allowed: boolean };

export interface VnsCandidate {
  readonly step: 'explicit' | 'bare';
  readonly kind: 'vns';
  readonly number: string;
  /** Absent in `NUMBER#`: the branch is then the caller's country's. */
  readonly ccc?: Ccc;
  readonly key: string;
}

export interface PinCandidate {
  readonly step: 'explicit' | 'bare';
  readonly kind: 'pin';
  readonly key: string;
  /** Dialled without its ccc: holds only for an identification number of the caller's country. */
  readonly identification: boolean;
}

export interface PstnCandidate {
  readonly step: 'pstn';
  readonly kind: 'pstn';
  readonly phone: Phone;
  readonly form: PstnForm;
  readonly barred: boolean;
  readonly carrierId?: string;
}

/** Everything that `decideReading` needs besides what the directory finds. Plain data, in reading order. */
export interface Candidates {
  readonly raw: string;
  readonly caller: CallerContext;
  readonly list: readonly Candidate[];
  /** Steps that have no candidate, each with why. */
  readonly misses: readonly StepVerdict[];
  /** Why the string cannot be read at all. Set only when `list` is empty. */
  readonly refusal?: RefusedReading;
}
