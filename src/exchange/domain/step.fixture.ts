import type { Call, Origin } from './call.js';
import type { CallEvent } from './call-event.js';
import type { Effect } from './effect.js';
import { legChannelOf } from './ids.js';
import { openCall } from './open-call.js';
import { step } from './step.js';
import type { AttemptPlan, Connect, Decision, LegPlan, RingAttempt, Verdict } from './verdict.js';

export const leg = (kind: LegPlan['kind']): LegPlan => ({
  kind,
  target: 't',
  endpoint: 'PJSIP/t',
  called: '1',
  calling: { withheld: false },
});

export const ring = (legs: readonly LegPlan[], more: Partial<RingAttempt> = {}): RingAttempt => ({
  kind: 'ring',
  legs,
  answerWithin: 45,
  progressWithin: 12,
  after: {},
  ...more,
});

export const echo: AttemptPlan = { kind: 'serve', service: { name: 'echo', language: 'ko' } };

export const decided = (verdict: Verdict): CallEvent => ({
  type: 'routed',
  decision: { account: { steps: [], candidates: [] }, verdict } satisfies Decision,
});

/** The verdict to try these; 600 seconds to talk. */
export const trying = (attempts: readonly AttemptPlan[], more: Partial<Connect> = {}): CallEvent =>
  decided({
    kind: 'connect',
    emergency: false,
    maxSeconds: 600,
    called: '1',
    language: 'ko',
    limits: {},
    attempts,
    ...more,
  });

export const fromTrunk: Origin = { kind: 'trunk', trunkId: 'gw', country: 'KR' };
export const fromMember: Origin = {
  kind: 'member',
  memberId: 'm',
  deviceId: 'd',
  username: 'u',
  country: 'KR',
};

/** A call that is told events, and what it wanted done at each. */
export class Told {
  call: Call;
  effects: readonly Effect[];

  constructor(origin: Origin = fromTrunk) {
    const opened = openCall({
      node: 'n1',
      caller: { channel: 'caller', number: '', name: '' },
      channelCreatedAt: 1_000,
      at: 1_000,
      origin,
      dialled: '1',
    });
    this.call = opened.call;
    this.effects = opened.effects;
  }

  /** All that these events want done; the events one after the other. */
  tell(...events: readonly CallEvent[]): this {
    this.effects = [];
    for (const event of events) {
      const { call, effects } = step(this.call, event);
      this.call = call;
      this.effects = [...this.effects, ...effects];
    }
    return this;
  }

  get deeds(): readonly string[] {
    return this.effects.map((effect) => effect.do);
  }

  /** The effects of one kind. */
  did<D extends Effect['do']>(deed: D): readonly Extract<Effect, { do: D }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { do: D }> => effect.do === deed);
  }

  leg(attempt = 1, n = 1): string {
    return legChannelOf(this.call.id, attempt, n);
  }

  /** Up to the dialling of its only first leg; somebody pays for `seconds`, by default for all. */
  dialled(verdict: CallEvent, seconds?: number): this {
    const one = this.leg();
    return this.tell(
      verdict,
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: one, at: 1_010 },
      { type: 'leg.joined', leg: one },
      { type: 'money.granted', now: 1_012, ...(seconds === undefined ? {} : { seconds }) },
      { type: 'saved', version: 1 },
    );
  }

  /** Up to the answer, at 2,000. */
  talking(verdict: CallEvent, seconds?: number): this {
    return this.dialled(verdict, seconds).tell({ type: 'leg.answered', leg: this.leg(), at: 2_000 });
  }
}
