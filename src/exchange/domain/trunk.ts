import type { NumberFormat } from '../../numbering/index.js';

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
  /** Both directions together; null: as many as there are. */
  readonly maxCalls: number | null;
  readonly maxCallsPerSecond: number | null;
}
