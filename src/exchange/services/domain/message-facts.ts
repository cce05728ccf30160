/** A message as its owner hears of it. */
export interface MessageFacts {
  readonly id: string;
  /** The caller's number; absent when it was withheld or unknown. */
  readonly from?: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Name of the recording, for `recording:` URIs. */
  readonly recording: string;
  readonly heard: boolean;
}
