import type { AriOutcome } from './ari.port.js';

/** A recording to be made of what one channel says. */
export interface RecordingRequest {
  readonly channelId: string;
  /** Ours, chosen beforehand; `/` separates folders below Asterisk's recording directory. One of that name is overwritten. */
  readonly name: string;
  readonly maxSeconds: number;
  /** Ends by itself after so much silence in a row, which is then cut off; 0: never. */
  readonly maxSilenceSeconds: number;
  /** The key that ends it, or none. */
  readonly endedBy: '#' | 'none';
}

/** What services ask of an Asterisk node beside `AriPort`: to record, and whether something is still going on. */
export interface RecordingPort {
  /** Records 16-bit linear WAV at 8 kHz. The end is told by `recording.finished`, also when the channel hangs up. */
  record(request: RecordingRequest): Promise<AriOutcome>;
  /** Records all that is said in a bridge, until that ends. */
  recordBridge(bridgeId: string, name: string, maxSeconds: number): Promise<AriOutcome>;
  /** Ends it; what was recorded stays. */
  stopRecording(name: string): Promise<AriOutcome>;
  /** `done` while it goes on, `gone` when there is no such recording (any more). */
  recordingGoesOn(name: string): Promise<AriOutcome>;
  /** `done` while it goes on, `gone` when there is no such playback (any more). */
  playbackGoesOn(playbackId: string): Promise<AriOutcome>;
}
