import { type Call, liveLegs } from '../domain/call.js';

/** What contacts see: no telephone registered; one is; it rings; he talks or calls. */
export type Presence = 'offline' | 'available' | 'ringing' | 'talking';
/** What one call makes of a member; undefined: nothing. */
export type Phase = 'ringing' | 'talking' | undefined;

const OVER: readonly string[] = ['refusing', 'clearing', 'ended'];

/** What a call is to a member: who called talks from the start, whom it rings has a telephone that rings. */
export function phaseIn(call: Call, memberId: string): Phase {
  if (OVER.includes(call.state)) return undefined;
  const { origin } = call;
  if (origin.kind === 'member' && origin.memberId === memberId) return 'talking';
  const his = liveLegs(call).filter(({ plan, dropped }) => plan.member === memberId && dropped === undefined);
  if (his.some(({ status }) => status === 'answered')) return 'talking';
  return his.some(({ status }) => status === 'ringing') ? 'ringing' : undefined;
}

/** Whom a call concerns. */
export function membersOf({ origin, legs }: Call): ReadonlySet<string> {
  const called = legs.flatMap(({ plan }) => plan.member ?? []);
  return new Set(origin.kind === 'member' ? [origin.memberId, ...called] : called);
}

/** Of all his calls together. */
export const phaseOf = (calls: readonly Call[], memberId: string): Phase => {
  const phases = calls.map((call) => phaseIn(call, memberId));
  return phases.find((phase) => phase === 'talking') ?? phases.find((phase) => phase !== undefined);
};
