import type { Sql } from '../../infra/db/sql.js';
import { ringPlanOf } from '../domain/attempt-plan.js';
import type { Call } from '../domain/call.js';
import type { CallEvent } from '../domain/call-event.js';
import { isWaking } from '../domain/wake.js';
import type { ExchangeWatch } from '../exchange.watch.js';
import type { DeviceWatch } from './device-watch.js';
import { RINGABLE } from './presence.sql.js';

export interface LateRingParts {
  readonly sql: Sql;
  readonly devices: Pick<DeviceWatch, 'want' | 'release'>;
  readonly log: { warn(fields: object, message: string): void };
  tell(callId: string, event: CallEvent): void;
}

const ATTEMPTING: readonly string[] = ['preparing', 'dialling', 'ringing', 'early'];

/**
 * Calls whose called member was told by a push message: what he registers with while it rings is rung by the same call. Few calls are
 * looked at: of all others this costs a comparison.
 */
export class LateRings {
  /** By call: the member who is being woken. */
  private readonly waking = new Map<string, string>();

  constructor(private readonly parts: LateRingParts) {}

  readonly watch: Partial<ExchangeWatch> = {
    adopted: (call) => this.follow(call, undefined),
    moved: (before, after) => this.follow(after, before),
    over: (call) => this.leave(call.id),
  };

  get size(): number {
    return this.waking.size;
  }

  /** Some telephone has registered. */
  registered(): void {
    for (const [callId, memberId] of this.waking) this.look(callId, memberId);
  }

  private follow(call: Call, before: Call | undefined): void {
    const member =
      isWaking(call) && ATTEMPTING.includes(call.state)
        ? ringPlanOf(call, call.attempt)?.wakes?.member
        : undefined;
    if (member === undefined) {
      this.leave(call.id);
      return;
    }
    if (this.waking.get(call.id) === member && before?.waking === call.waking) return;
    this.leave(call.id);
    this.waking.set(call.id, member);
    // What registered between the look that the way was decided by and now is found at once.
    this.look(call.id, member, this.parts.devices.want(member));
  }

  private leave(callId: string): void {
    const member = this.waking.get(callId);
    if (member === undefined) return;
    this.waking.delete(callId);
    this.parts.devices.release(member);
  }

  private look(callId: string, memberId: string, after: Promise<void> = Promise.resolve()): void {
    after
      .then(() => this.parts.sql.rows<{ username: string }>(RINGABLE, [memberId]))
      .then((rows) => {
        if (rows.length === 0 || this.waking.get(callId) !== memberId) return;
        this.parts.tell(callId, { type: 'member.woken', devices: rows.map(({ username }) => username) });
      })
      .catch((error: unknown) =>
        this.parts.log.warn({ err: error, callId }, 'a woken telephone is not rung'),
      );
  }
}
