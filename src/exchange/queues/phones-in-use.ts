import { type Call, liveLegs } from '../domain/call.js';

/** A telephone that is in use, and whose it is. */
export interface PhoneInUse {
  /** SIP user name. */
  readonly device: string;
  readonly memberId: string;
}

/** Of one call the telephones that no queue has rung: whoever has one of them at his ear is nobody's agent now. */
export interface CallPhones {
  readonly callId: string;
  readonly phones: readonly PhoneInUse[];
}

/** Undefined where a call's move changes nothing about them. */
export function phonesChanged(before: Call, after: Call): CallPhones | undefined {
  const was = phonesInUse(before);
  const is = phonesInUse(after);
  const same = was.length === is.length && was.every(({ device }, at) => device === is[at]?.device);
  return same ? undefined : { callId: after.id, phones: is };
}

/** From when a call is let through: what it follows from its legs, as limits do, so that nothing has to be given back after a crash. */
export function phonesInUse(call: Call): readonly PhoneInUse[] {
  if (call.plan === undefined || call.state === 'ended') return [];
  const { origin, caller } = call;
  // Whoever has put his party through pays for the new call, and is not in it.
  const own =
    origin.kind === 'member' && caller.endedAt === undefined && call.borrowed === undefined
      ? [{ device: origin.username, memberId: origin.memberId }]
      : [];
  const rung = liveLegs(call).flatMap(({ plan: { kind, agent, member, target } }) =>
    kind === 'device' && agent === undefined && member !== undefined
      ? [{ device: target, memberId: member }]
      : [],
  );
  return [...own, ...rung];
}
