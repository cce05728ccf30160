import type { LocalTime } from './local-time.js';

/** A message as its owner hears of it. */
export interface MessageFacts {
  readonly id: string;
  /** The caller's number; absent when it was withheld or unknown. */
  readonly from?: string;
  /** By the clock where the owner lives. */
  readonly receivedAt: LocalTime;
  /** Name of the recording, for `recording:` URIs. */
  readonly recording: string;
  readonly heard: boolean;
}
