import type { Call, Leg, Time } from '../domain/call.js';

/** A member's telephone rings with a call that no queue sent there, is answered, is silent again: whoever works at a page is shown it. */
export interface DirectCall {
  readonly stage: DirectStage;
  readonly callId: string;
  /** Whose telephone it is. */
  readonly memberId: string;
  readonly at: Time;
  /** Null where the caller hides it. */
  readonly number: string | null;
  /** The member who calls; null where it is none, or he hides. */
  readonly callerMemberId: string | null;
  /** Where he calls from. */
  readonly country: string;
  /** BCP 47: in which he is told things; null where nobody knows. */
  readonly language: string | null;
  readonly dialled: string;
}
export type DirectStage = 'ringing' | 'talking' | 'ended';

/** Of a call's move: each member whose telephones begin to ring, talk, or have come to rest. */
export function directCalls(before: Call, after: Call): readonly DirectCall[] {
  if (before.legs === after.legs && before.state === after.state) return [];
  return membersOf(after).flatMap((memberId) => {
    const stage = stageOf(after, memberId);
    if (stage === undefined || stage === stageOf(before, memberId)) return [];
    const hides = legsOf(after, memberId).some(({ plan }) => plan.calling.withheld);
    const { origin } = after;
    return [
      {
        stage,
        callId: after.id,
        memberId,
        at: rangAt(after, memberId, stage) ?? after.seenAt,
        number: hides ? null : (after.plan?.calling ?? null),
        callerMemberId: hides || origin.kind === 'trunk' ? null : origin.memberId,
        country: origin.country,
        language: after.language ?? null,
        dialled: after.dialled,
      },
    ];
  });
}

const membersOf = (call: Call): readonly string[] => [
  ...new Set(call.legs.flatMap(({ plan }) => plan.member ?? [])),
];

/** Telephones of his that were rung straight; an order rings first whoever gave it: nobody calls him. */
const legsOf = (call: Call, memberId: string): readonly Leg[] =>
  call.legs.filter(
    ({ plan }) =>
      plan.kind === 'device' &&
      plan.agent === undefined &&
      plan.member === memberId &&
      !(call.origin.kind === 'order' && call.origin.memberId === memberId),
  );

function stageOf(call: Call, memberId: string): DirectStage | undefined {
  const rang = legsOf(call, memberId).filter(
    ({ ringingAt, answeredAt }) => ringingAt !== undefined || answeredAt !== undefined,
  );
  if (rang.length === 0) return undefined;
  const live = rang.filter(({ status }) => status !== 'ended');
  if (live.length === 0 || call.state === 'ended') return 'ended';
  return live.some(({ status }) => status === 'answered') ? 'talking' : 'ringing';
}

const rangAt = (call: Call, memberId: string, stage: DirectStage): Time | undefined =>
  stage === 'ringing'
    ? legsOf(call, memberId).find(({ ringingAt, status }) => ringingAt !== undefined && status !== 'ended')
        ?.ringingAt
    : undefined;
