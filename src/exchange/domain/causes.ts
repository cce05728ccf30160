/**
 * Hang-up causes: Q.850 (ITU-T Q.850 05/2018, table 1) inside, SIP at the edges. Only the causes that this exchange gives
 * or distinguishes are named; any other number passes through.
 */
export const q850 = {
  unallocated: 1,
  noRoute: 3,
  normal: 16,
  busy: 17,
  noResponse: 18,
  noAnswer: 19,
  absent: 20,
  rejected: 21,
  numberChanged: 22,
  answeredElsewhere: 26,
  destinationOutOfOrder: 27,
  invalidNumber: 28,
  facilityRejected: 29,
  congestion: 34,
  networkOutOfOrder: 38,
  temporaryFailure: 41,
  switchCongestion: 42,
  channelUnavailable: 44,
  interworking: 127,
} as const;

/** What became of a call that was not answered, as people say it. */
export type Outcome =
  | 'busy'
  | 'declined'
  | 'no-answer'
  | 'unallocated'
  | 'unreachable'
  | 'congestion'
  | 'unacceptable'
  | 'cancelled'
  | 'failed';

/** How one leg ended. `rang`: the far end was seen alerting or sending early media. */
export interface LegEnd {
  readonly q850: number;
  /** The far end's final status, where SIP gave one. */
  readonly sip?: number | undefined;
  readonly rang: boolean;
}

/**
 * The far end's SIP status first (it says more than the cause it maps to), then Q.850; RFC 3398 section 8.2.6.1.
 * 480 and 408 mean nobody answered when it rang, and nobody there when it did not.
 */
export function outcomeOf(end: LegEnd): Outcome {
  return (end.sip === undefined ? undefined : bySip(end.sip, end.rang)) ?? byCause(end.q850, end.rang);
}

function bySip(sip: number, rang: boolean): Outcome | undefined {
  switch (sip) {
    case 486:
    case 600:
      return 'busy';
    case 603:
    case 607:
      return 'declined';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'unallocated';
    case 408:
    case 480:
      return rang ? 'no-answer' : 'unreachable';
    case 415:
    case 488:
    case 606:
      return 'unacceptable';
    case 487:
      return 'cancelled';
    case 502:
    case 503:
    case 504:
      return 'congestion';
    default:
      return undefined;
  }
}

function byCause(cause: number, rang: boolean): Outcome {
  switch (cause) {
    case 17:
      return 'busy';
    case 21:
      return 'declined';
    case 1:
    case 22:
    case 28:
      return 'unallocated';
    case 18:
    case 19:
      return rang ? 'no-answer' : 'unreachable';
    case 2:
    case 3:
    case 20:
    case 27:
      return 'unreachable';
    case 34:
    case 38:
    case 41:
    case 42:
    case 44:
    case 47:
    case 102:
      return 'congestion';
    case 58:
    case 65:
    case 79:
    case 88:
      return 'unacceptable';
    case 16:
    case 26:
      return 'cancelled';
    default:
      return 'failed';
  }
}

/** The cause given to a caller whose call ended so, and the SIP status that his phone sees for it. */
export interface Answer {
  readonly q850: number;
  readonly sip: number;
}

/**
 * Which cause says an outcome to the caller: chosen so that Asterisk's own mapping (chan_pjsip, hangup_cause2sip;
 * measured on 22.10.1) gives the status RFC 3398 section 8.2.6.1 asks for. 41 and everything unlisted become 603 there, so
 * temporary trouble is said with 34 (503), which tells a phone or a carrier to try another way.
 */
export const answerTo: { readonly [O in Outcome]: Answer } = {
  busy: { q850: q850.busy, sip: 486 },
  declined: { q850: q850.rejected, sip: 403 },
  'no-answer': { q850: q850.noAnswer, sip: 480 },
  unallocated: { q850: q850.unallocated, sip: 404 },
  unreachable: { q850: q850.absent, sip: 480 },
  congestion: { q850: q850.congestion, sip: 503 },
  unacceptable: { q850: 58, sip: 488 },
  cancelled: { q850: q850.normal, sip: 487 },
  failed: { q850: q850.congestion, sip: 503 },
};

/** What chan_pjsip of Asterisk 22.10.1 sends an unanswered caller for a Q.850 cause [measured]. */
export function sipOf(cause: number): number {
  switch (cause) {
    case 1:
    case 2:
    case 3:
      return 404;
    case 17:
      return 486;
    case 18:
      return 408;
    case 19:
    case 20:
    case 31:
      return 480;
    case 21:
      return 403;
    case 22:
      return 410;
    case 27:
      return 502;
    case 28:
      return 484;
    case 29:
      return 501;
    case 34:
    case 42:
    case 66:
      return 503;
    case 38:
    case 127:
      return 500;
    case 58:
      return 488;
    default:
      return 603;
  }
}
