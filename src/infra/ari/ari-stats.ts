import type { AriOutcome } from './ari.port.js';

/** Plain numbers about one Asterisk, since this process started. Written by infra/ari only, read by metrics and health. */
export interface AriStats {
  /** The event stream is up and its resync is done. */
  live: boolean;
  connects: number;
  failedConnects: number;
  disconnects: number;
  /** Messages of the event socket, of any kind. */
  messages: number;
  /** Events held back until a resync is done. */
  eventsHeld: number;
  eventsHandled: number;
  /** Events whose handler threw: a bug, logged each time. */
  handlerFailures: number;
  /** Not asked for, yet sent: the event filter is not in force. */
  eventsUnused: number;
  eventsMalformed: number;
  /** From Asterisk's timestamp of the last event to its handling; grows when this process can't keep up. */
  lagMs: number;
  maxLagMs: number;
  requestsInFlight: number;
  requests: Record<AriOutcome['kind'], number>;
}

export function newAriStats(): AriStats {
  return {
    live: false,
    connects: 0,
    failedConnects: 0,
    disconnects: 0,
    messages: 0,
    eventsHeld: 0,
    eventsHandled: 0,
    handlerFailures: 0,
    eventsUnused: 0,
    eventsMalformed: 0,
    lagMs: 0,
    maxLagMs: 0,
    requestsInFlight: 0,
    requests: { done: 0, gone: 0, rejected: 0, unknown: 0 },
  };
}
