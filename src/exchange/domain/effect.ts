import type { Leg, Time } from './call.js';
import type { CallEvent, TimerName } from './call-event.js';
import type { ServeAttempt } from './verdict.js';

/**
 * `or-refuse`: now, in the database, or not at all: answers `saved` or `save.failed`. `or-journal`: now, in the database
 * or else in the journal. `soon`: within a second, many at once; what a later save tells anyway needs no save of its own.
 */
export type SaveHow = 'or-refuse' | 'or-journal' | 'soon';

/** What is to be done after a step, as data. All of them may be repeated without harm. */
export type Effect =
  /** Gather facts and decide; answers `routed`. */
  | { readonly do: 'route' }
  /** Record the call as it is after this step; `afterwards`: done only when that is safe. */
  | { readonly do: 'save'; readonly how: SaveHow; readonly afterwards?: readonly Effect[] }
  /** Answers `bridge.ready` or `bridge.failed`. */
  | { readonly do: 'create-bridge'; readonly bridge: string }
  | { readonly do: 'destroy-bridge'; readonly bridge: string }
  /** The channel's arrival in our application answers `leg.created`, a refusal `leg.ended`. `capSeconds`: Asterisk hangs up then by itself. */
  | {
      readonly do: 'create-leg';
      readonly leg: Leg;
      readonly originator?: string;
      readonly capSeconds: number;
    }
  /**
   * Puts caller and leg together; answers `leg.joined`. Ringing, early media and answer then pass by themselves. With
   * `dialWithin` (seconds) the leg is dialled right after it.
   */
  | {
      readonly do: 'join';
      readonly bridge: string;
      readonly caller: string;
      readonly leg: string;
      readonly dialWithin?: number;
    }
  | { readonly do: 'dial'; readonly leg: string; readonly withinSeconds: number }
  | { readonly do: 'ring'; readonly channel: string }
  | { readonly do: 'answer'; readonly channel: string }
  | { readonly do: 'hangup'; readonly channel: string; readonly q850: number }
  /** Has the far end sent any SIP response? Answers `leg.heard` or `leg.silent`. */
  | { readonly do: 'probe'; readonly leg: string }
  /** Tells an unanswered caller something, out of `bridge` if he is in it; answers `announcement.ended`. */
  | {
      readonly do: 'announce';
      readonly channel: string;
      readonly bridge?: string;
      readonly playback: string;
      /** `sound:…` as ARI names it. */
      readonly media: string;
      readonly language: string;
    }
  /** Takes the caller out of `bridge` if he is in it, and answers him for a service; answers `caller.answered`. */
  | {
      readonly do: 'take';
      readonly channel: string;
      readonly bridge?: string;
      readonly capSeconds: number;
      /** He is not answered but hears early media; answers `caller.reached`. */
      readonly late?: true;
    }
  /** Begins the service with the caller, unless it is under way; its end answers `service.ended`. */
  | { readonly do: 'serve'; readonly plan: ServeAttempt }
  | { readonly do: 'stop-service' }
  /** Who pays, and for how long? Answers `money.granted` or `money.refused`; asked twice, the answer is the same. */
  | { readonly do: 'reserve' }
  /** The time that is paid for will soon be over; answers `cap.extended` or `cap.last`. */
  | { readonly do: 'extend' }
  /** Asterisk hangs the channel up so many seconds from now, with or without us. */
  | { readonly do: 'cap'; readonly channel: string; readonly seconds: number }
  /** Says something to both who talk in a bridge. */
  | {
      readonly do: 'warn';
      readonly bridge: string;
      readonly media: string;
      readonly language: string;
    }
  | {
      readonly do: 'start-timer';
      readonly timer: TimerName;
      readonly attempt: number;
      readonly seconds: number;
    }
  | { readonly do: 'stop-timer'; readonly timer: TimerName }
  | { readonly do: 'stop-timers' }
  | { readonly do: 'leave-bridge'; readonly bridge: string; readonly channel: string }
  /** Into another call's bridge, out of whichever it is in. */
  | { readonly do: 'move'; readonly bridge: string; readonly channel: string }
  /** Tells a phone what became of the transfer it asked for, and only then hangs it up where it is to go. */
  | {
      readonly do: 'tell-transferor';
      readonly channel: string;
      readonly progress: 'answered' | 'declined' | 'unavailable';
      readonly hangup?: number;
    }
  /** Opens the call that a blind transfer makes, with `kept` as its caller. */
  | {
      readonly do: 'open-transfer';
      readonly id: string;
      readonly by: string;
      readonly kept: string;
      readonly at: Time;
      readonly device: string;
      readonly dialled: string;
    }
  /** To another call, if it is open. */
  | { readonly do: 'tell-call'; readonly call: string; readonly event: CallEvent }
  /** Look at Asterisk: what we believe of this call is in doubt. */
  | { readonly do: 'reconcile' };
