import type { Leg } from './call.js';
import type { TimerName } from './call-event.js';

/**
 * `or-refuse`: now, in the database, or not at all: answers `saved` or `save.failed`. `or-journal`: now, in the database
 * or else in the journal. `soon`: within a second, many at once; what a later save tells anyway needs no save of its own.
 */
export type SaveHow = 'or-refuse' | 'or-journal' | 'soon';

/** What is to be done after a step, as data. All of them may be repeated without harm. */
export type Effect =
  /** Gather facts and decide; answers `routed`. */
  | { readonly do: 'route' }
  /** Record the call as it is after this step. */
  | { readonly do: 'save'; readonly how: SaveHow }
  /** Answers `bridge.ready` or `bridge.failed`. */
  | { readonly do: 'create-bridge'; readonly bridge: string }
  | { readonly do: 'destroy-bridge'; readonly bridge: string }
  /** The channel's arrival in our application answers `leg.created`, a refusal `leg.ended`. `capSeconds`: Asterisk hangs up then by itself. */
  | { readonly do: 'create-leg'; readonly leg: Leg; readonly originator: string; readonly capSeconds: number }
  /** Puts caller and leg together; answers `leg.joined`. Ringing, early media and answer then pass by themselves. */
  | { readonly do: 'join'; readonly bridge: string; readonly caller: string; readonly leg: string }
  | { readonly do: 'dial'; readonly leg: string; readonly withinSeconds: number }
  | { readonly do: 'ring'; readonly channel: string }
  | { readonly do: 'answer'; readonly channel: string }
  | { readonly do: 'hangup'; readonly channel: string; readonly q850: number }
  | {
      readonly do: 'start-timer';
      readonly timer: TimerName;
      readonly attempt: number;
      readonly seconds: number;
    }
  | { readonly do: 'stop-timer'; readonly timer: TimerName }
  /** Look at Asterisk: what we believe of this call is in doubt. */
  | { readonly do: 'reconcile' };
