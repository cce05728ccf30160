import type { AriEvent, AriPort, AriStreamHandler, ChannelSnapshot } from '../infra/ari/ari.port.js';
import type { Clock } from '../kernel/clock.js';
import type { Admission } from './admission.js';
import { arrivalOf, FACTS, newsOf } from './ari-events.js';
import type { CallRegistry } from './call-registry.js';
import { CallRunner, type RunnerWorld } from './call-runner.js';
import type { CallServices, OpenServices } from './call-services.js';
import type { Call, Origin } from './domain/call.js';
import type { CallEvent } from './domain/call-event.js';
import type { CallState } from './domain/call-states.js';
import { q850 } from './domain/causes.js';
import { type Arrival, openCall } from './domain/open-call.js';
import { type OrderBegun, openOrder } from './domain/open-order.js';
import { recordOf } from './domain/record.js';
import { relink } from './domain/relink.js';
import type { Step } from './domain/step-result.js';
import type { Decision, LegPlan } from './domain/verdict.js';
import type { ExchangeWatch } from './exchange.watch.js';
import type { CallMoney } from './money/call-money.js';
import { directCalls } from './queues/direct-call.js';
import { phonesChanged } from './queues/phones-in-use.js';
import type { QueueHands } from './queues/queue-desk.js';
import type { QueueDoor } from './queues/queue-door.js';
import { queueHands } from './queues/queue-hands.js';
import { queueNewsOf } from './queues/queue-news.js';
import type { Recorder } from './recorder.js';
import type { Recovery, RecoveryHands } from './recovery.js';
import { TransferDesk } from './transfer-desk.js';

export interface ExchangeParts {
  readonly node: string;
  readonly ari: AriPort;
  readonly clock: Clock;
  readonly registry: CallRegistry;
  readonly recorder: Recorder;
  readonly admission: Admission;
  readonly watch: ExchangeWatch;
  readonly money: CallMoney;
  /** Who decides about queues. */
  readonly queues: QueueDoor;
  /** Makes the host of the services that callers are connected to; `ended` tells the call. */
  readonly services: OpenServices;
  /** Records all that is said in a bridge; never rejects. */
  recordBridge(bridgeId: string, recording: string): void;
  decide(call: Call): Decision | Promise<Decision>;
  /** Whether more calls use this leg's trunk or route than may. */
  isOver(leg: LegPlan): boolean;
  /** Whose device has this SIP user name; undefined when none that may call. */
  deviceOrigin(username: string): Promise<Origin | undefined>;
  /** Whose call it is that comes in, and what of the dialled may be written down. */
  recognise(arrival: Omit<Arrival, 'node'>): Omit<Arrival, 'node'>;
  /** Makes the recovery that looks at Asterisk for this exchange. */
  recovery(hands: RecoveryHands): Recovery;
  /** Another exchange has taken the application over: this process has to go. */
  onReplaced(): void;
}

/** What a process that knows nothing of it could not go on with as well. */
const SET_UP: ReadonlySet<CallState> = new Set<CallState>(['routing', 'preparing', 'dialling']);

/**
 * The call exchange of one Asterisk node: brings what the node tells to the calls, and the calls' wishes to the node. Holds
 * no rule of its own: those are in `domain`.
 */
export class Exchange implements AriStreamHandler, RecoveryHands {
  private fenced = false;
  private live = false;
  private drained: PromiseWithResolvers<void> | undefined;
  private readonly recovery: Recovery;
  private readonly services: CallServices;
  private readonly world: RunnerWorld;
  private readonly transfers: TransferDesk;
  private readonly queueHands: QueueHands;

  constructor(private readonly parts: ExchangeParts) {
    this.recovery = parts.recovery(this);
    this.services = parts.services((callId, event) => parts.registry.get(callId)?.tell(event));
    const { ari, clock, watch, recorder, money } = parts;
    this.world = {
      ari,
      clock,
      money,
      services: this.services,
      decide: (call) => this.decide(call),
      record: (call, how) => recorder.record(recordOf(call), how),
      doubt: (callId) => this.recovery.lookSoon(callId),
      openTransfer: (parent, effect) => void this.transfers.open(parent.id, effect),
      tellCall: (callId, event) => parts.registry.get(callId)?.tell(event),
      moved: (before, after) => {
        watch.moved(before, after);
        this.lookWhetherDrained();
        this.tellQueues(before, after);
      },
      over: (call) => this.over(call),
      isOver: (leg) => parts.isOver(leg),
      failed: (call, error) => watch.failed(call, error),
      mayAct: () => !this.fenced,
    };
    this.queueHands = queueHands({
      registry: parts.registry,
      tellService: (callId, word) => this.services.say(callId, word),
      record: (bridgeId, recording) => parts.recordBridge(bridgeId, recording),
    });
    this.transfers = new TransferDesk({
      ari,
      registry: parts.registry,
      deviceOrigin: (username) => parts.deviceOrigin(username),
      open: (opened) => this.open(opened),
      mayAct: () => !this.fenced,
    });
  }

  /** Asterisk is connected, and what a former process left is known. */
  get ready(): boolean {
    return this.live && !this.fenced && this.drained === undefined && this.recovery.isComplete;
  }

  /** A call that we start ourselves (docs/call-orders.md). The same order twice is one call. */
  begin(order: OrderBegun): void {
    this.open(openOrder(order));
  }

  /**
   * From here on no new call is taken, but for help: whoever calls is told 503, and he, or his network, tries another node. Resolves
   * when no call is being set up any more; those that ring or talk go on in Asterisk, and the next process takes them up.
   */
  drain(): Promise<void> {
    this.drained ??= Promise.withResolvers<void>();
    this.lookWhetherDrained();
    return this.drained.promise;
  }

  /**
   * What the last record of each open call does not say yet (that it rings, say), for whoever takes the calls up. Nothing may follow it.
   * Not of one that has ended: its end is on its way, and a record that came before it would keep it, and the charge, out.
   */
  handOver(): void {
    for (const { call } of this.parts.registry.all())
      if (call.secured && call.state !== 'ended')
        void this.parts.recorder.record(recordOf({ ...call, version: call.version + 1 }), 'soon');
  }

  get replaced(): boolean {
    return this.fenced;
  }

  /** Comes before any event of a connection: what happened meanwhile is found out first. */
  async onConnected(): Promise<void> {
    const { desk } = this.parts.queues;
    await desk.prepare(this.queueHands);
    await this.recovery.connected();
    desk.settle();
    await this.services.look();
    this.live = true;
  }

  onDisconnected(reason: string): void {
    this.live = false;
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
    if (event.type === 'contact.changed') {
      this.parts.watch.contact(event.endpoint, event.online);
      return;
    }
    this.services.onEvent(event);
    const news = newsOf(event);
    switch (news?.kind) {
      case 'leg': {
        const runner = this.parts.registry.get(news.callId);
        this.tellBorrowers(news.event);
        if (runner !== undefined) runner.tell(news.event);
        else if (news.event.type === 'leg.created') this.stranger(news.event.leg, 'its call is not open');
        return;
      }
      case 'caller':
        for (const runner of this.parts.registry.ofCaller(news.channel)) runner.tell(news.event);
        return;
      case 'arrival':
        this.arrive(news.arrival);
        return;
      case 'transfer':
        this.transfers.asked(news.asked);
        return;
      case 'stranger':
        this.stranger(news.channel, news.reason);
        this.putBack(news.replaced);
    }
  }

  /** A caller found waiting whose start event was lost: who he is has to be asked. */
  async claim(channel: ChannelSnapshot): Promise<void> {
    const told = channel.state === 'Up' ? undefined : await this.parts.ari.getVar(channel.id, FACTS);
    const facts = told?.kind === 'done' ? told.value.split(',') : [];
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

  /** What calls of a former process don't know of each other yet. Before the look, and only when all of them are here. */
  relink(): void {
    const open = (id: string) => this.parts.registry.get(id)?.call;
    const calls = this.parts.registry.all().map(({ call }) => call);
    for (const { call, event } of relink(calls, open)) this.parts.registry.get(call)?.tell(event);
  }

  /** Hangs up what belongs to no call. */
  stranger(channel: string, reason: string): void {
    if (this.fenced) return;
    this.parts.watch.stranger(channel, reason);
    void this.parts.ari.hangup(channel, q850.congestion);
  }

  /** Who was put out of his talk by a stranger is found outside it, and comes back. */
  private putBack(channel: string | undefined): void {
    if (channel === undefined) return;
    for (const { call } of this.parts.registry.having(channel)) this.recovery.lookSoon(call.id);
  }

  private arrive(arrival: Omit<Arrival, 'node'>): void {
    this.open(openCall({ ...this.parts.recognise(arrival), node: this.parts.node }));
  }

  /** A leg that another call has as its caller, by a transfer, is that call's caller. */
  private tellBorrowers(event: CallEvent): void {
    if (event.type !== 'leg.ended') return;
    const { leg, at, q850: cause } = event;
    for (const runner of this.parts.registry.ofCaller(leg))
      runner.tell({ type: 'caller.ended', at, q850: cause });
  }

  private open({ call, effects }: Step): void {
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
    if (verdict.kind !== 'connect' || verdict.emergency) return decision;
    if (this.drained === undefined && this.parts.admission.admit()) return decision;
    const { language } = verdict;
    const reason = this.drained === undefined ? 'overload' : 'restarting';
    return { ...decision, verdict: { kind: 'unavailable', reason, q850: q850.switchCongestion, language } };
  }

  private lookWhetherDrained(): void {
    const inSetUp = this.parts.registry.all().some(({ call }) => SET_UP.has(call.state));
    if (!inSetUp) this.drained?.resolve();
  }

  /** Telephones first: whom a queue's news sets free may have one at his ear. */
  private tellQueues(before: Call, after: Call): void {
    const { desk } = this.parts.queues;
    const used = phonesChanged(before, after);
    if (used !== undefined) desk.phones(used);
    for (const news of queueNewsOf(before, after)) desk.news(news);
    for (const call of directCalls(before, after)) desk.direct(call);
  }

  private over(call: Call): void {
    const runner = this.parts.registry.get(call.id);
    if (runner === undefined) return;
    runner.silence();
    this.parts.registry.forget(runner);
    this.parts.money.close(call);
    this.parts.watch.over(call);
  }
}
