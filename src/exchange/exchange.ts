import type { AriEvent, AriPort, AriStreamHandler, ChannelSnapshot } from '../infra/ari/ari.port.js';
import type { Clock } from '../kernel/clock.js';
import type { Admission } from './admission.js';
import { arrivalOf, endpointFacts, newsOf } from './ari-events.js';
import type { CallRegistry } from './call-registry.js';
import { CallRunner, type RunnerWorld } from './call-runner.js';
import type { Call } from './domain/call.js';
import { q850 } from './domain/causes.js';
import { type Arrival, openCall } from './domain/open-call.js';
import { recordOf } from './domain/record.js';
import type { Decision } from './domain/verdict.js';
import type { ExchangeWatch } from './exchange.watch.js';
import type { Recorder } from './recorder.js';
import type { Recovery, RecoveryHands } from './recovery.js';

export interface ExchangeParts {
  readonly node: string;
  readonly ari: AriPort;
  readonly clock: Clock;
  readonly registry: CallRegistry;
  readonly recorder: Recorder;
  readonly admission: Admission;
  readonly watch: ExchangeWatch;
  decide(call: Call): Decision | Promise<Decision>;
  /** Makes the recovery that looks at Asterisk for this exchange. */
  recovery(hands: RecoveryHands): Recovery;
  /** Another exchange has taken the application over: this process has to go. */
  onReplaced(): void;
}

/**
 * The call exchange of one Asterisk node: brings what the node tells to the calls, and the calls' wishes to the node. Holds
 * no rule of its own: those are in `domain`.
 */
export class Exchange implements AriStreamHandler, RecoveryHands {
  private fenced = false;
  private readonly recovery: Recovery;
  private readonly world: RunnerWorld;

  constructor(private readonly parts: ExchangeParts) {
    this.recovery = parts.recovery(this);
    const { ari, clock, watch, recorder } = parts;
    this.world = {
      ari,
      clock,
      decide: (call) => this.decide(call),
      record: (call, how) => recorder.record(recordOf(call), how),
      doubt: (callId) => this.recovery.lookSoon(callId),
      moved: (before, after) => watch.moved(before, after),
      over: (call) => this.over(call),
      failed: (call, error) => watch.failed(call, error),
      mayAct: () => !this.fenced,
    };
  }

  get replaced(): boolean {
    return this.fenced;
  }

  /** Comes before any event of a connection: what happened meanwhile is found out first. */
  onConnected(): Promise<void> {
    return this.recovery.connected();
  }

  onDisconnected(reason: string): void {
    this.recovery.disconnected();
    this.parts.watch.disconnected(reason);
  }

  /** From here on nothing is done any more: two exchanges that steer the same calls would tear them apart. */
  onReplaced(): void {
    if (this.fenced) return;
    this.fenced = true;
    this.recovery.stop();
    for (const runner of this.parts.registry.all()) runner.silence();
    this.parts.onReplaced();
  }

  onEvent(event: AriEvent): void {
    if (this.fenced) return;
    const news = newsOf(event);
    switch (news?.kind) {
      case 'leg': {
        const runner = this.parts.registry.get(news.callId);
        if (runner !== undefined) runner.tell(news.event);
        else if (news.event.type === 'leg.created') this.stranger(news.event.leg, 'its call is not open');
        return;
      }
      case 'caller':
        this.parts.registry.ofCaller(news.channel)?.tell(news.event);
        return;
      case 'arrival':
        this.arrive(news.arrival);
        return;
      case 'stranger':
        this.stranger(news.channel, news.reason);
    }
  }

  /** A caller found waiting whose start event was lost: who he is has to be asked. */
  async claim(channel: ChannelSnapshot): Promise<void> {
    const asked = channel.state === 'Up' ? [] : endpointFacts;
    const told = await Promise.all(asked.map((name) => this.parts.ari.getVar(channel.id, name)));
    const facts = Object.fromEntries(
      asked.flatMap((name, at) => (told[at]?.kind === 'done' ? [[name, told[at].value]] : [])),
    );
    const arrival = arrivalOf(channel, facts, channel.createdAt.getTime());
    if (arrival === undefined) this.stranger(channel.id, 'no open call knows this caller');
    else this.arrive(arrival);
  }

  /** Takes up calls that a former process left behind. */
  adopt(calls: readonly Call[]): void {
    for (const call of calls) {
      if (this.fenced || this.parts.registry.call(call.id)) continue;
      this.parts.registry.add(new CallRunner(call, this.world));
      this.parts.watch.adopted(call);
    }
  }

  /** Hangs up what belongs to no call. */
  stranger(channel: string, reason: string): void {
    if (this.fenced) return;
    this.parts.watch.stranger(channel, reason);
    void this.parts.ari.hangup(channel, q850.congestion);
  }

  private arrive(arrival: Omit<Arrival, 'node'>): void {
    const { call, effects } = openCall({ ...arrival, node: this.parts.node });
    // The same start twice, or once more after the call's end.
    if (this.fenced || this.parts.registry.call(call.id)) return;
    const runner = new CallRunner(call, this.world);
    this.parts.registry.add(runner);
    this.parts.watch.arrived(call);
    runner.begin(effects);
  }

  /** The verdict, unless the house is full. A call for help always finds room. */
  private decide(call: Call): Decision | Promise<Decision> {
    const decided = this.parts.decide(call);
    return decided instanceof Promise ? decided.then((one) => this.admit(one)) : this.admit(decided);
  }

  private admit(decision: Decision): Decision {
    const { verdict } = decision;
    if (verdict.kind !== 'connect' || verdict.emergency || this.parts.admission.admit()) return decision;
    const { language } = verdict;
    return {
      ...decision,
      verdict: { kind: 'unavailable', reason: 'overload', q850: q850.switchCongestion, language },
    };
  }

  private over(call: Call): void {
    const runner = this.parts.registry.get(call.id);
    if (runner === undefined) return;
    runner.silence();
    this.parts.registry.forget(runner);
    this.parts.watch.over(call);
  }
}
