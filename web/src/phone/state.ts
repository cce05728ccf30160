import type { Quality } from './quality.js';

/**
 * Whether calls can come and go. `elsewhere`: another tab of this browser is the phone. `no-place`: emergency calls must say where
 * this browser stands. `refused`: this account may not phone.
 */
export type LineState = 'off' | 'connecting' | 'ready' | 'lost' | 'elsewhere' | 'no-place' | 'refused';

export type CallStage = 'dialling' | 'ringing' | 'talking' | 'ended';

/** One call as it is shown. */
export interface CallView {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly number: string;
  readonly name: string | undefined;
  readonly stage: CallStage;
  readonly held: boolean;
  readonly muted: boolean;
  readonly startedAt: number | undefined;
  readonly quality: Quality | undefined;
  readonly transfer: 'none' | 'asked' | 'failed';
  /** SIP's word for why it ended, of JsSIP's causes. */
  readonly endedBecause: string | undefined;
}

export interface PhoneState {
  readonly line: LineState;
  readonly calls: readonly CallView[];
  /** Where emergency calls say that this browser stands. */
  readonly place: Place | undefined;
  /** As what it is registered, while calls can come. */
  readonly device: string | undefined;
  /** The microphone may not be used, or there is none. */
  readonly deaf: boolean;
}

export interface Place {
  readonly country: string;
  readonly locationNumber: string;
}

export const FIRST_STATE: PhoneState = {
  line: 'off',
  calls: [],
  place: undefined,
  device: undefined,
  deaf: false,
};
