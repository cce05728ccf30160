import type { Clock } from '../kernel/clock.js';
import { type Call, liveLegs } from './domain/call.js';
import type { Load, UseKind } from './domain/load.js';
import type { LegPlan, Verdict } from './domain/verdict.js';

const SECOND_MS = 1_000;

/**
 * What the open calls of this process use: members, devices, trunks, routes. Every use is a lease that is the open call
 * itself: it is there while the call is, and after a crash exactly those are there that are taken up again.
 */
export class OpenUses implements Load {
  /** Calls by what they use, and the reverse. */
  private readonly users = new Map<string, Set<string>>();
  private readonly uses = new Map<string, readonly string[]>();
  /** What was begun within the last second, oldest first, and how much of each. */
  private begun: { readonly at: number; readonly use: string }[] = [];
  private readonly lately = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  calls(kind: UseKind, id: string): number {
    return this.users.get(`${kind}:${id}`)?.size ?? 0;
  }

  perSecond(kind: UseKind, id: string): number {
    this.forgetOld();
    return this.lately.get(`${kind}:${id}`) ?? 0;
  }

  /** A call is let through: from now on it uses what its first attempt takes, though that has not begun. */
  begin(call: Pick<Call, 'id' | 'origin'>, verdict: Verdict): void {
    if (verdict.kind !== 'connect') return;
    const [first] = verdict.attempts;
    const uses = [...usesOfOrigin(call), ...(first?.kind === 'ring' ? first.legs.flatMap(usesOfLeg) : [])];
    this.keep(call.id, uses);
    const at = this.clock.elapsed();
    this.forgetOld();
    for (const use of new Set(uses)) {
      this.begun.push({ at, use });
      this.lately.set(use, (this.lately.get(use) ?? 0) + 1);
    }
  }

  /** The call is as it is now: what it uses follows from its legs. */
  moved(call: Call): void {
    if (call.state === 'ended') this.keep(call.id, []);
    else if (call.plan !== undefined) {
      this.keep(call.id, [...usesOfOrigin(call), ...liveLegs(call).flatMap(({ plan }) => usesOfLeg(plan))]);
    }
  }

  private keep(callId: string, uses: readonly string[]): void {
    const before = this.uses.get(callId) ?? [];
    if (before.length === uses.length && before.every((use, at) => use === uses[at])) return;
    for (const use of before) {
      const users = this.users.get(use);
      users?.delete(callId);
      if (users?.size === 0) this.users.delete(use);
    }
    for (const use of uses) {
      const users = this.users.get(use) ?? new Set();
      this.users.set(use, users.add(callId));
    }
    if (uses.length === 0) this.uses.delete(callId);
    else this.uses.set(callId, uses);
  }

  private forgetOld(): void {
    const now = this.clock.elapsed();
    const first = this.begun.findIndex(({ at }) => now - at < SECOND_MS);
    const old = first < 0 ? this.begun.splice(0) : this.begun.splice(0, first);
    for (const { use } of old) {
      const left = (this.lately.get(use) ?? 1) - 1;
      if (left === 0) this.lately.delete(use);
      else this.lately.set(use, left);
    }
  }
}

function usesOfOrigin({ origin }: Pick<Call, 'origin'>): readonly string[] {
  if (origin.kind === 'trunk') return [`trunk:${origin.trunkId}`];
  const member = `member:${origin.memberId}`;
  return origin.kind === 'member' ? [member, `device:${origin.username}`] : [member];
}

function usesOfLeg({ kind, target, member, route }: LegPlan): readonly string[] {
  return [
    `${kind}:${target}`,
    ...(member === undefined ? [] : [`member:${member}`]),
    ...(route === undefined ? [] : [`route:${route}`]),
  ];
}
