/** A member as far as calls go: who he is, where he is reached, and how he wants his calls handled. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Of all numbers that he has none is paid: he calls for help, and nobody else. */
  readonly suspended?: boolean;
  /** BCP 47. */
  readonly language: string;
  /** ISO 3166-1 alpha-2, and his area's code: how he would dial, wherever a call that he forwards comes from. */
  readonly country: string;
  readonly area: string | null;
  /** SIP user names of his enabled devices. */
  readonly devices: readonly string[];
  /** A browser of his wants to be told of calls while no page is open. */
  readonly pushed?: boolean;
  readonly numbers: readonly MemberNumber[];
  /** Telephones of other networks that he proved are his. */
  readonly contacts: readonly Contact[];
  /** His proved numbers at other VoIP companies. */
  readonly carrierNumbers: readonly CarrierNumber[];
  /** In the order in which he is looked for; empty: all devices, then his voicemail. */
  readonly findMe: readonly FindMeStep[];
  readonly settings: CallSettings;
}

/** One of his numbers: what members see, and what other networks see of it. */
export interface MemberNumber {
  readonly key: string;
  readonly region: string;
  readonly shadows: readonly {
    readonly country: string;
    readonly e164: string;
    readonly verified: boolean;
  }[];
}

export interface Contact {
  readonly id: string;
  /** With +. */
  readonly e164: string;
}

export interface CarrierNumber {
  readonly id: string;
  readonly carrierId: string;
  /** As that carrier writes it. */
  readonly number: string;
}

/** One step of find-me. */
export interface FindMeStep {
  readonly kind: 'devices' | 'device' | 'contact' | 'carrier' | 'voicemail';
  /** What is rung: a device's SIP user name, a contact's or a carrier number's id; null for `devices` and `voicemail`. */
  readonly target: string | null;
  readonly ringSeconds: number;
  /** Rings together with the step before. */
  readonly withPrevious: boolean;
}

/** Forwarding is a dial string, as the member himself would dial it; limits are null where the operator's count. */
export interface CallSettings {
  readonly doNotDisturb: boolean;
  readonly forwardAlways: string | null;
  readonly forwardBusy: string | null;
  readonly forwardNoAnswer: string | null;
  readonly ringSeconds: number;
  /** False: while he talks, a further call finds him busy. */
  readonly callWaiting: boolean;
  readonly hideNumber: boolean;
  /** Callers from outside may be put through to the outside, at his cost. */
  readonly transferOut: boolean;
  readonly voicemail: boolean;
  readonly maxCalls: number | null;
  readonly maxCallsPerSecond: number | null;
}

/** What counts for a member who has set nothing. */
export const DEFAULT_CALL_SETTINGS: CallSettings = {
  doNotDisturb: false,
  forwardAlways: null,
  forwardBusy: null,
  forwardNoAnswer: null,
  ringSeconds: 45,
  callWaiting: true,
  hideNumber: false,
  transferOut: true,
  voicemail: true,
  maxCalls: null,
  maxCallsPerSecond: null,
};
