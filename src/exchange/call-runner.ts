import type { AriPort } from '../infra/ari/ari.port.js';
import type { CancelTimer, Clock } from '../kernel/clock.js';
import { type CallServices, servedCaller } from './call-services.js';
import type { Call } from './domain/call.js';
import type { CallEvent, TimerName } from './domain/call-event.js';
import { q850 } from './domain/causes.js';
import type { Effect, SaveHow } from './domain/effect.js';
import { stepAll } from './domain/step-all.js';
import type { Decision, LegPlan, ServeAttempt } from './domain/verdict.js';
import { type AriEffect, perform } from './effects.js';
import { Mailbox } from './mailbox.js';
import type { CallMoney, Grant } from './money/call-money.js';

/** What a call needs of the world. */
export interface RunnerWorld {
  readonly ari: AriPort;
  readonly clock: Clock;
  decide(call: Call): Decision | Promise<Decision>;
  readonly money: CallMoney;
  readonly services: CallServices;
  record(call: Call, how: SaveHow): Promise<'recorded' | 'refused'>;
  /** A look at Asterisk is wanted for this call. */
  doubt(callId: string): void;
  /** A transfer opens a call of its own. */
  openTransfer(parent: Call, effect: Extract<Effect, { do: 'open-transfer' }>): void;
  tellCall(callId: string, event: CallEvent): void;
  moved(before: Call, after: Call): void;
  /** Its final record is safe: the call may be forgotten. */
  over(call: Call): void;
  failed(call: Call, error: unknown): void;
  /** Whether this leg's trunk or route carries more calls than it may, the leg's own call included. */
  isOver(leg: LegPlan): boolean;
  /** False once another exchange has taken over: nothing may be done any more. */
  mayAct(): boolean;
}

/** So many doubts in a row, and the call is given up: Asterisk refuses it something for good. */
const MOST_DOUBTS = 8;

/**
 * Drives one call: events in, one at a time; the machine decides; effects out, and what comes of them back in as events.
 * Nothing waits here: a request that takes long keeps no event waiting, and the machine minds every order.
 */
export class CallRunner {
  private readonly mailbox = new Mailbox<readonly CallEvent[]>((events) => this.take(events));
  private readonly timers = new Map<TimerName, CancelTimer>();
  private requests = 0;
  private doubts = 0;
  private served = false;

  constructor(
    private current: Call,
    private readonly world: RunnerWorld,
  ) {}

  get call(): Call {
    return this.current;
  }

  /** Requests are under way: what a look shows may be older or newer than what the call believes. */
  get busy(): boolean {
    return this.requests > 0;
  }

  /** Runs the effects of its opening. */
  begin(effects: readonly Effect[]): void {
    for (const effect of effects) this.run(effect);
  }

  /** Tells the call something. Several events at once are one change. */
  tell(...events: readonly CallEvent[]): void {
    if (this.world.mayAct() && !this.mailbox.post(events)) this.world.doubt(this.current.id);
  }

  /** Takes back its timers; the call stays as it is. */
  silence(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  private take(events: readonly CallEvent[]): void {
    const before = this.current;
    try {
      const { call, effects } = stepAll(before, events);
      this.current = call;
      if (call !== before) this.world.moved(before, call);
      for (const effect of effects) this.run(effect);
    } catch (error) {
      this.world.failed(before, error);
      this.world.doubt(before.id);
    }
  }

  private run(effect: Effect): void {
    if (!this.world.mayAct()) return;
    switch (effect.do) {
      case 'route':
        this.route();
        break;
      case 'save':
        this.save(effect.how, effect.afterwards ?? []);
        break;
      case 'start-timer':
        this.startTimer(effect.timer, effect.attempt, effect.seconds);
        break;
      case 'stop-timer':
        this.timers.get(effect.timer)?.();
        this.timers.delete(effect.timer);
        break;
      case 'stop-timers':
        this.silence();
        break;
      case 'open-transfer':
        this.world.openTransfer(this.current, effect);
        break;
      case 'tell-call':
        this.world.tellCall(effect.call, effect.event);
        break;
      case 'reconcile':
        this.world.doubt(this.current.id);
        break;
      case 'reserve':
        this.reserve();
        break;
      case 'extend':
        this.extend();
        break;
      case 'serve':
        this.serve(effect.plan);
        break;
      case 'stop-service':
        this.served = false;
        this.world.services.stop(this.current.id);
        break;
      default:
        this.ask(effect);
    }
  }

  private route(): void {
    const decided = this.world.decide(this.current);
    if (decided instanceof Promise) void decided.then((decision) => this.tell({ type: 'routed', decision }));
    else this.tell({ type: 'routed', decision: decided });
  }

  /** Whoever holds the money may know at once. When he fails, nobody pays. */
  private reserve(): void {
    const { plan } = this.current;
    if (plan === undefined) return;
    const grant = this.world.money.reserve(this.current, plan);
    if (!(grant instanceof Promise)) this.paid(grant);
    else
      grant.then(
        (later) => this.paid(later),
        (error: unknown) => {
          this.world.failed(this.current, error);
          this.tell({ type: 'money.refused', reason: 'billing-away' });
        },
      );
  }

  private paid(grant: Grant): void {
    if (grant.kind === 'refused') this.tell({ type: 'money.refused', reason: grant.reason });
    else {
      const seconds = grant.kind === 'granted' ? { seconds: grant.seconds } : {};
      const keptIn = grant.kind === 'kept-in' ? { keptIn: true } : {};
      this.tell({ type: 'money.granted', now: this.now(), ...seconds, ...keptIn });
    }
  }

  /** Without an answer Asterisk cuts the call at the end of what is paid for. */
  private extend(): void {
    this.world.money.extend(this.current).then(
      (more) => {
        if (more.kind === 'last') this.tell({ type: 'cap.last', reason: more.reason, now: this.now() });
        else this.tell({ type: 'cap.extended', maxSeconds: more.maxSeconds, now: this.now() });
      },
      (error: unknown) => {
        this.world.failed(this.current, error);
        this.tell({ type: 'cap.last', reason: 'credit', now: this.now() });
      },
    );
  }

  private now(): number {
    return this.world.clock.now().getTime();
  }

  /** A service that is under way goes on: it is begun anew only by another process. */
  private serve(plan: ServeAttempt): void {
    if (this.served) return;
    this.served = true;
    this.world.services.start(servedCaller(this.current, plan), plan.service);
  }

  private save(how: SaveHow, afterwards: readonly Effect[]): void {
    const saved = this.current;
    void this.world.record(saved, how).then((outcome) => {
      const type = outcome === 'recorded' ? 'saved' : 'save.failed';
      if (saved.state === 'ended') this.world.over(saved);
      else this.tell({ type, version: saved.version });
      for (const effect of afterwards) this.run(effect);
    });
  }

  /**
   * A trunk that had room when the way was decided may have filled up before this call came to it: the next way is tried. The
   * first attempt took its place with the decision.
   */
  private isFull(effect: AriEffect): effect is Extract<AriEffect, { do: 'create-leg' }> {
    if (effect.do !== 'create-leg' || effect.leg.attempt === 1) return false;
    return this.current.plan?.emergency !== true && this.world.isOver(effect.leg.plan);
  }

  private ask(effect: AriEffect): void {
    if (this.isFull(effect)) {
      const { channel: leg } = effect.leg;
      this.tell({ type: 'leg.ended', leg, at: this.current.seenAt, q850: q850.switchCongestion });
      return;
    }
    this.requests++;
    void perform(effect, this.current, this.world.ari).then((performed) => {
      this.requests--;
      if (performed === 'doubt') this.doubt();
      else {
        this.doubts = 0;
        if (performed.length > 0) this.tell(...performed);
      }
    });
  }

  private doubt(): void {
    if (this.current.state === 'ended') return;
    if (++this.doubts > MOST_DOUBTS) this.tell({ type: 'bridge.failed' });
    this.world.doubt(this.current.id);
  }

  private startTimer(timer: TimerName, attempt: number, seconds: number): void {
    this.timers.get(timer)?.();
    const cancel = this.world.clock.after(seconds * 1_000, () => {
      this.timers.delete(timer);
      this.tell({ type: 'timer.fired', timer, attempt });
    });
    this.timers.set(timer, cancel);
  }
}
