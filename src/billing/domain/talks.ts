import type { AnsweredTalk } from './assessment.js';
import type { CallEnded } from './call-ended.js';

/** An answered call that somebody pays for. */
export interface ChargedTalk extends AnsweredTalk {
  readonly callId: string;
  readonly memberId: string;
}
/** An answered leg that a carrier is paid for. */
export interface AccruedTalk extends AnsweredTalk {
  readonly callId: string;
  readonly leg: number;
  readonly trunkId: string;
}

/** The talk its caller pays: none when nobody does or it was never answered. */
export function chargedTalk(call: CallEnded): ChargedTalk | undefined {
  if (!call.billable || call.memberId === null || call.answeredAt === null) return undefined;
  return {
    callId: call.callId,
    memberId: call.memberId,
    e164: call.called,
    onNet: call.onNet,
    answeredAt: call.answeredAt,
    durationMs: lasted(call.answeredAt, call.endedAt),
  };
}

/**
 * The talks our carriers are paid for: every answered leg by a trunk, whether or not our side is paid for the call. A leg
 * that answered after another had won is one too: the carrier saw an answer.
 */
export const accruedTalks = (call: CallEnded): readonly AccruedTalk[] =>
  call.legs.flatMap(({ leg, kind, target, e164, answeredAt, endedAt }) =>
    kind === 'trunk' && answeredAt !== null
      ? [
          {
            callId: call.callId,
            leg,
            trunkId: target,
            e164,
            onNet: false,
            answeredAt,
            durationMs: lasted(answeredAt, endedAt),
          },
        ]
      : [],
  );

/** Clocks of two nodes may differ by a little: an end before the answer is an end at the answer. */
const lasted = (answeredAt: number, endedAt: number): number => Math.max(0, endedAt - answeredAt);
