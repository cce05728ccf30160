import type { Call, Leg, Time } from '../domain/call.js';

/** A member's telephone rings with a call that no queue sent there: whoever works at a page may be shown it. */
export interface DirectRing {
  readonly callId: string;
  readonly memberId: string;
  readonly at: Time;
  /** Null where the caller hides it. */
  readonly number: string | null;
  readonly dialled: string;
}

/** Of a call's move; each member's telephones ring once. */
export function directRings(before: Call, after: Call): readonly DirectRing[] {
  if (before.legs === after.legs) return [];
  return after.legs.flatMap((leg, index) => {
    const { member, calling } = leg.plan;
    if (member === undefined || !ringsNow(before.legs[index], leg) || rangAlready(before, member)) return [];
    const first = after.legs.findIndex(
      (one, at) => one.plan.member === member && ringsNow(before.legs[at], one),
    );
    if (first !== index) return [];
    const number = calling.withheld ? null : (after.plan?.calling ?? null);
    return [
      {
        callId: after.id,
        memberId: member,
        at: leg.ringingAt ?? after.seenAt,
        number,
        dialled: after.dialled,
      },
    ];
  });
}

const ringsNow = (before: Leg | undefined, { plan, ringingAt }: Leg): boolean =>
  plan.kind === 'device' &&
  plan.agent === undefined &&
  ringingAt !== undefined &&
  before?.ringingAt === undefined;

const rangAlready = (call: Call, member: string): boolean =>
  call.legs.some(({ plan, ringingAt }) => plan.member === member && ringingAt !== undefined);
