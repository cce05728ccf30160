import type { NumberFormat } from '../../numbering/index.js';

/** Whether the node verifies who calls by a trunk: not at all, for the record, or so that who is not verified is refused. */
export type Verifies = 'no' | 'record' | 'reject';

/** A way out of our Asterisk, as it is configured. */
export interface Trunk {
  readonly id: string;
  readonly kind: 'gateway' | 'centre' | 'carrier';
  /** ISO 3166-1 alpha-2: the far network's country. */
  readonly country: string;
  readonly calledFormat: NumberFormat;
  readonly callingFormat: NumberFormat;
  /** E.164 with +, shown for callers without a number of that network's kind. */
  readonly defaultCli: string | null;
  readonly trusted: boolean;
  /** Takes its country's emergency calls. */
  readonly emergency: boolean;
  /** Our node signs the calls that leave by it (STIR/SHAKEN, RFC 8224). */
  readonly attests: boolean;
  readonly verifies: Verifies;
  /** Both directions together; null: as many as there are. */
  readonly maxCalls: number | null;
  readonly maxCallsPerSecond: number | null;
}
