import type { AriOutcome } from './ari.port.js';

/** How a channel is listened to: which of its directions are heard, and into which of them what is said is mixed. `in`: from the phone. */
export interface SnoopRequest {
  readonly snoopId: string;
  readonly spy: 'in' | 'out' | 'both';
  readonly whisper: 'none' | 'in' | 'out' | 'both';
}

export interface SnoopPort {
  /** A channel of its own that is heard and spoken to; comes into our application, and ends with the channel that it is at. */
  snoop(channelId: string, request: SnoopRequest): Promise<AriOutcome>;
}
