import type { Call, Origin } from '../../../src/exchange/domain/call.js';
import type { CallEvent } from '../../../src/exchange/domain/call-event.js';
import type { Effect, SaveHow } from '../../../src/exchange/domain/effect.js';
import { callIdOf } from '../../../src/exchange/domain/ids.js';
import { openCall } from '../../../src/exchange/domain/open-call.js';
import { openOrder } from '../../../src/exchange/domain/open-order.js';
import { type Evidence, type Look, reconcile } from '../../../src/exchange/domain/reconcile.js';
import { type CallRecord, recordOf } from '../../../src/exchange/domain/record.js';
import { restored } from '../../../src/exchange/domain/restore.js';
import { step } from '../../../src/exchange/domain/step.js';
import { stepAll } from '../../../src/exchange/domain/step-all.js';
import type { Step } from '../../../src/exchange/domain/step-result.js';
import type { Decision, RingAttempt, ServeAttempt } from '../../../src/exchange/domain/verdict.js';

interface FarEnd {
  readonly createdAt: number;
  state: 'down' | 'dialled' | 'ringing' | 'up';
}
/** Who pays: somebody for all of it, somebody for two minutes at a time, nobody. */
export type Payer = 'pays' | 'slice' | 'refuses';
const TRUNK: Origin = { kind: 'trunk', trunkId: 't', country: 'KR' };
const MEMBER: Origin = { kind: 'member', memberId: 'm', deviceId: 'd', username: 'u', country: 'KR' };

const ECHO: ServeAttempt = { kind: 'serve', service: { name: 'echo', language: 'ko' } };
/** Rung for a caller who waits. */
const AGENT: RingAttempt = {
  kind: 'ring',
  legs: [
    {
      kind: 'device',
      target: 'agent',
      endpoint: 'PJSIP/agent',
      called: '1',
      calling: { withheld: true },
      agent: 'agent',
    },
  ],
  answerWithin: 20,
  progressWithin: 20,
  after: {},
  follow: ECHO,
};

type Action = () => void;

/** A call that the exchange starts itself, to say something. */
const ordered = (): Step =>
  openOrder({
    callId: callIdOf('n1', 'order', 1_000),
    node: 'n1',
    at: 1_000,
    origin: { kind: 'order', orderId: 'o', memberId: 'm', country: 'KR' },
    order: {
      id: 'o',
      ring: { kind: 'number', e164: '+8215' },
      ringSeconds: 30,
      onAnswer: { do: 'speak', prompt: 'code', digits: '1', times: 1 },
      language: 'ko',
      digits: '',
    },
  });

/**
 * One call between a machine and a world that does its worst: replies lost, commands done without a reply or not at all,
 * events late, twice or never, in any order, the exchange killed between any two of them. `choose(n)` decides.
 */
export class CallWorld {
  call: Call | undefined;
  time = 1_000;
  /** What is committed (or journalled). */
  saved: CallRecord | undefined;
  readonly channels = new Map<string, FarEnd>();
  readonly bridges = new Map<string, Set<string>>();
  readonly cel = new Map<
    string,
    { createdAt: number; answeredAt?: number; endedAt?: number; q850?: number }
  >();
  readonly violations: string[] = [];
  readonly moves = new Set<string>();
  endings = 0;
  private commands: Effect[] = [];
  private events: CallEvent[] = [];
  private timers = new Map<string, CallEvent>();
  /** The service under way and the announcement being played: of Asterisk and the process, not of the call. */
  private serving = false;
  private playing = false;
  private paid = false;

  constructor(
    private readonly decision: Decision,
    private readonly choose: (options: number) => number,
    /** `orderly`: nothing is lost and nobody crashes (but all is late, out of order and twice), so no look may be needed. */
    private readonly mood: 'orderly' | 'rough',
    private readonly money: Payer,
    starts: 'caller' | 'order' = 'caller',
  ) {
    if (starts === 'order') {
      this.begin(ordered());
      return;
    }
    this.channels.set('caller', { createdAt: this.time, state: 'ringing' });
    this.cel.set('caller', { createdAt: this.time });
    const opened = openCall({
      node: 'n1',
      caller: { channel: 'caller', number: '', name: '' },
      channelCreatedAt: this.time,
      at: this.time,
      origin: this.choose(2) === 0 ? TRUNK : MEMBER,
      dialled: '1',
    });
    this.begin(opened);
  }

  private begin({ call, effects }: Step): void {
    this.call = call;
    this.commands.push(...effects);
  }

  /** One thing happens, whichever. */
  turn(): void {
    this.time += 1 + this.choose(50);
    if (this.mood === 'rough') {
      const mishap = this.choose(100);
      if (mishap === 0) this.crash();
      if (mishap === 1 && this.commands.length === 0) this.look();
    }
    const actions = this.possible();
    actions[this.choose(actions.length)]?.();
  }

  /** Everybody hangs up, every command arrives, we look again: what a minute of peace does. */
  settle(): void {
    for (let round = 0; round < 40 && !this.atRest(); round++) {
      this.time += 5_000;
      this.flush();
      if (this.mood === 'rough') {
        this.look();
        this.flush();
      }
      for (const [name, event] of [...this.timers]) this.fire(name, event);
      for (const end of this.ownEnds()) end();
      if (round > 2) this.everybodyHangsUp();
    }
  }

  /** A channel that was never dialled has nobody to hang it up but us. */
  private everybodyHangsUp(): void {
    for (const [channel, end] of [...this.channels]) if (end.state !== 'down') this.hangUp(channel, 16);
  }

  private flush(): void {
    while (this.commands.length + this.events.length > 0) {
      if (this.commands.length > 0) this.execute(0, 'done');
      else this.deliver(0);
    }
  }

  get isServing(): boolean {
    return this.serving;
  }

  atRest(): boolean {
    const over = this.call === undefined || this.call.state === 'ended';
    return over && this.channels.size + this.bridges.size + this.commands.length + this.events.length === 0;
  }

  get restingTimers(): number {
    return this.timers.size;
  }

  private possible(): readonly Action[] {
    const commands = this.commands.flatMap((_, at): Action[] => [
      () => this.execute(at, 'done'),
      () => this.execute(at, 'done'),
      () => this.execute(at, this.mishap(12, 'reply-lost')),
      () => this.execute(at, this.mishap(12, 'lost')),
      () => this.execute(at, this.choose(5) === 0 ? 'refused' : 'done'),
    ]);
    const events = this.events.flatMap((event, at): Action[] => [
      () => this.deliver(at),
      () => this.deliver(at),
      () => this.deliver(at),
      () => (this.choose(4) === 0 ? void this.events.push(event) : this.deliver(at)),
      () => (this.mayBeLost(event) ? void this.events.splice(at, 1) : this.deliver(at)),
    ]);
    const farEnds = [...this.channels].flatMap(([channel, end]) => this.farEndActions(channel, end));
    const timers = [...this.timers].map(
      ([name, event]): Action =>
        () =>
          this.fire(name, event),
    );
    return [...commands, ...events, ...farEnds, ...timers, ...this.ownEnds(), ...this.operators()];
  }

  /** Now and then an operator ends a call, whatever it is doing; what is rare is met more often. */
  private operators(): readonly Action[] {
    return this.choose(this.call?.state === 'early' ? 4 : 30) === 0
      ? [() => this.tell([{ type: 'operator.ended', at: this.time }])]
      : [];
  }

  /** What ends by itself: an announcement, a service. */
  private ownEnds(): readonly Action[] {
    return [
      ...(this.playing ? [() => this.endAnnouncement()] : []),
      ...(this.serving ? [() => this.endService()] : []),
      ...this.queueDeeds(),
      ...this.awakenings(),
    ];
  }

  /** What a queue does with the caller that it serves: rings agents, gives up, moves him. */
  private queueDeeds(): readonly Action[] {
    const { call } = this;
    const queued = call?.plan?.attempts.some((one) => one.kind === 'serve' && one.service.name === 'queue');
    if (call === undefined || queued !== true) return [];
    if (call.state === 'talking' && this.choose(8) === 0)
      return [() => this.tell([{ type: 'service.follows', serve: ECHO }])];
    if (call.state !== 'serving' || !this.serving || call.legs.length > 4) return [];
    const ring = () => this.tell([{ type: 'service.rings', ring: AGENT }]);
    return [ring, ring, ...(this.choose(4) === 0 ? [() => this.tell([{ type: 'service.gives-up' }])] : [])];
  }

  /** Somebody who was told of the call comes on with a telephone, or with the same once more. */
  private awakenings(): readonly Action[] {
    const { call } = this;
    if (call?.waking !== call?.attempt || call === undefined || call.legs.length > 6) return [];
    const devices = [`w${this.choose(2)}`];
    return [() => this.tell([{ type: 'member.woken', devices }])];
  }

  private endAnnouncement(): void {
    this.playing = false;
    this.events.push({ type: 'announcement.ended', failed: this.choose(4) === 0 });
  }

  private endService(): void {
    this.serving = false;
    this.events.push({ type: 'service.ended', q850: 16 });
  }

  /** Nobody is there to give up waiting for a decision on an order; it comes from the process itself, which has it or is dead. */
  private mayBeLost({ type }: CallEvent): boolean {
    const lost = this.mishap(12, 'lost') === 'lost';
    return lost && !(type === 'routed' && this.call?.order !== undefined);
  }

  private mishap<F extends string>(odds: number, fate: F): F | 'done' {
    return this.mood === 'rough' && this.choose(odds) === 0 ? fate : 'done';
  }

  private farEndActions(channel: string, end: FarEnd): Action[] {
    if (channel === 'caller') return this.choose(6) === 0 ? [() => this.hangUp(channel, 16)] : [];
    if (end.state === 'down') return [];
    const answer = () => {
      end.state = 'up';
      this.note(channel, { answeredAt: this.time });
      this.events.push({ type: 'leg.answered', leg: channel, at: this.time });
    };
    const causes = [16, 17, 19, 21, 34, 1];
    const fail = () => this.hangUp(channel, causes[this.choose(causes.length)] ?? 16);
    if (end.state === 'up') return [fail];
    const ring = () => {
      end.state = 'ringing';
      this.events.push({ type: 'leg.ringing', leg: channel, at: this.time });
    };
    const media = () => void this.events.push({ type: 'leg.progress', leg: channel, at: this.time });
    return [ring, media, answer, answer, fail];
  }

  private hangUp(channel: string, q850: number): void {
    if (!this.channels.delete(channel)) return;
    if (channel === 'caller') this.playing = false;
    for (const members of this.bridges.values()) members.delete(channel);
    this.note(channel, { endedAt: this.time, q850 });
    this.events.push(
      channel === 'caller'
        ? { type: 'caller.ended', at: this.time }
        : { type: 'leg.ended', leg: channel, at: this.time, q850 },
    );
  }

  private note(channel: string, more: Partial<Evidence>): void {
    this.cel.set(channel, { createdAt: this.time, ...this.cel.get(channel), ...more });
  }

  private deliver(at: number): void {
    const [event] = this.events.splice(at, 1);
    if (event !== undefined) this.tell([event]);
  }

  private fire(name: string, event: CallEvent): void {
    this.timers.delete(name);
    this.tell([event]);
  }

  private tell(events: readonly CallEvent[]): void {
    if (this.call === undefined) return;
    const before = this.call;
    this.noteMoves(before, events);
    const { call, effects } = stepAll(before, events);
    this.call = call;
    if (call.state === 'ended' && before.state !== 'ended') this.endings++;
    if (call.state === 'ended' && call.caller.endedAt === undefined)
      this.violations.push('ended before the caller');
    if (before.state === 'ended' && call.state !== 'ended') this.violations.push('came back from ended');
    if (call.state === 'ended' && before.state === 'ended') {
      const other = effects.filter(({ do: deed }) => deed !== 'hangup');
      if (other.length > 0) this.violations.push(`after ended: ${JSON.stringify(other)}`);
    }
    const winners = call.legs.filter(
      (leg) => leg.answeredAt !== undefined && leg.dropped === undefined && leg.attempt === call.attempt,
    );
    if (winners.length > 1) this.violations.push('two winners');
    for (const effect of effects) {
      if (effect.do === 'start-timer') {
        this.timers.set(effect.timer, { type: 'timer.fired', timer: effect.timer, attempt: effect.attempt });
      } else if (effect.do === 'stop-timer') this.timers.delete(effect.timer);
      else if (effect.do === 'stop-timers') this.timers.clear();
      else if (effect.do === 'serve') this.serve(call);
      else if (effect.do === 'stop-service') this.serving = false;
      else if (effect.do === 'save') this.commands.push({ ...effect, record: recordOf(call) } as Effect);
      else this.commands.push(effect);
    }
  }

  /** Every move of the machine, also those that change nothing but are expected. */
  private noteMoves(before: Call, events: readonly CallEvent[]): void {
    let call = before;
    for (const event of events) {
      const next = step(call, event).call;
      this.moves.add(`${call.state} -> ${event.type} -> ${next.state}`);
      call = next;
    }
  }

  private execute(at: number, fate: 'done' | 'reply-lost' | 'lost' | 'refused'): void {
    const [command] = this.commands.splice(at, 1);
    if (command === undefined) return;
    if (fate === 'lost' && command.do !== 'save' && command.do !== 'route') return;
    const replies = this.perform(command, fate);
    if (fate !== 'reply-lost' || command.do === 'save' || command.do === 'route')
      this.events.push(...replies);
  }

  private perform(command: Effect, fate: string): readonly CallEvent[] {
    switch (command.do) {
      case 'route':
        return [{ type: 'routed', decision: this.decision }];
      case 'reserve':
        return this.reserve();
      case 'extend':
        return this.choose(3) === 0
          ? [{ type: 'cap.last', reason: 'credit', now: this.time }]
          : [{ type: 'cap.extended', maxSeconds: this.choose(3_600), now: this.time }];
      case 'probe': {
        const silent = this.channels.get(command.leg)?.state === 'dialled' && this.choose(2) === 0;
        return [{ type: silent ? 'leg.silent' : 'leg.heard', leg: command.leg }];
      }
      case 'announce':
        return this.announce(command.channel, fate);
      case 'take':
        return this.take(command.channel, command.late === true);

      case 'save':
        return this.save((command as Effect & { record: CallRecord }).record, command.how, fate);
      case 'create-bridge':
        if (fate === 'refused') return [{ type: 'bridge.failed' }];
        this.bridges.set(command.bridge, this.bridges.get(command.bridge) ?? new Set());
        return [{ type: 'bridge.ready' }];
      case 'destroy-bridge':
        this.bridges.delete(command.bridge);
        return [];
      case 'create-leg':
        return this.createLeg(command.leg.channel, fate);
      case 'join': {
        if (command.dialWithin !== undefined) this.dial(command.leg);
        const members = this.bridges.get(command.bridge);
        const both = this.channels.has(command.caller) && this.channels.has(command.leg);
        if (members === undefined || !both) return [];
        members.add(command.caller).add(command.leg);
        return [{ type: 'leg.joined', leg: command.leg }];
      }
      case 'dial':
        this.dial(command.leg);
        return [];
      case 'hangup':
        this.hangUp(command.channel, command.q850);
        return [];
      default:
        return [];
    }
  }

  private dial(leg: string): void {
    if (this.saved === undefined) this.violations.push('dialled before it was recorded');
    if (!this.paid && !this.costsNothing()) this.violations.push('dialled before it was paid for');
    const end = this.channels.get(leg);
    if (end?.state === 'down') end.state = 'dialled';
  }

  /** A call for help, or one that only services take (an agent's own telephone costs nobody anything). */
  private costsNothing(): boolean {
    const { verdict } = this.decision;
    if (verdict.kind !== 'connect') return false;
    return verdict.emergency || verdict.attempts.every(({ kind }) => kind === 'serve');
  }

  private serve(call: Call): void {
    if (this.saved === undefined) this.violations.push('served before it was recorded');
    const plan = call.plan?.attempts[call.attempt - 1];
    const late = plan?.kind === 'serve' && plan.late === true;
    if (call.answeredAt === undefined && !late) this.violations.push('served before the answer');
    this.serving = true;
  }

  /** The same answer whenever it is asked. */
  private reserve(): readonly CallEvent[] {
    if (this.money === 'refuses') return [{ type: 'money.refused', reason: 'no-credit' }];
    this.paid = true;
    const slice = this.money === 'slice' ? { seconds: 120 } : {};
    return [{ type: 'money.granted', now: this.time, ...slice }];
  }

  private announce(channel: string, fate: string): readonly CallEvent[] {
    const caller = this.channels.get(channel);
    if (caller?.state === 'up') this.violations.push('an announcement to somebody who was answered');
    if (caller === undefined || fate === 'refused') return [{ type: 'announcement.ended', failed: false }];
    this.playing = true;
    return [];
  }

  private take(channel: string, late: boolean): readonly CallEvent[] {
    if (this.saved === undefined) this.violations.push('answered before it was recorded');
    const caller = this.channels.get(channel);
    if (caller === undefined || caller.state === 'up') return [];
    if (late) return [{ type: 'caller.reached' }];
    caller.state = 'up';
    for (const members of this.bridges.values()) members.delete(channel);
    this.note(channel, { answeredAt: this.time });
    return [{ type: 'caller.answered', at: this.time }];
  }

  private createLeg(channel: string, fate: string): readonly CallEvent[] {
    if (fate === 'refused') return [{ type: 'leg.ended', leg: channel, at: this.time, q850: 20 }];
    if (!this.channels.has(channel)) {
      if (this.cel.has(channel)) this.violations.push(`${channel} was made twice`);
      this.channels.set(channel, { createdAt: this.time, state: 'down' });
      this.note(channel, {});
    }
    return [{ type: 'leg.created', leg: channel, at: this.time }];
  }

  private save(record: CallRecord, how: SaveHow, fate: string): readonly CallEvent[] {
    const away = fate === 'refused' && how === 'or-refuse';
    const late = fate === 'reply-lost' && how === 'or-refuse';
    if (!away && (this.saved === undefined || this.saved.version < record.version)) {
      if (this.saved?.endedAt != null) this.violations.push('an ended record was written again');
      this.saved = record;
    }
    return [{ type: away || late ? 'save.failed' : 'saved', version: record.version }];
  }

  /** Looks at Asterisk as the recovery does, and cleans up what is nobody's. */
  private look(): void {
    const look: Look = {
      at: this.time,
      startedAt: 0,
      channels: new Map(
        [...this.channels].map(([id, end]) => [
          id,
          { createdAt: end.createdAt, up: end.state === 'up', ringing: end.state === 'ringing', inApp: true },
        ]),
      ),
      bridges: new Map([...this.bridges].map(([id, members]) => [id, [...members]])),
    };
    const open = this.call !== undefined && this.call.state !== 'ended' ? [this.call] : [];
    const differences = reconcile(look, open, this.cel, {
      call: (id) => open.some((call) => call.id === id),
      caller: () => open.length > 0,
    });
    for (const events of differences.events.values()) this.tell(events);
    for (const id of [...differences.strangers, ...differences.unclaimed]) this.hangUp(id, 34);
    for (const id of differences.leftovers) this.bridges.delete(id);
  }

  /** kill -9: what was in memory is gone, commands under way may or may not have arrived. */
  private crash(): void {
    const underWay = this.commands;
    this.commands = [];
    this.events = [];
    this.timers.clear();
    this.serving = false;
    const before = this.call;
    this.call = undefined;
    for (const command of underWay) if (this.choose(2) === 0) this.perform(command, 'done');
    this.events = [];
    const open = this.saved?.snapshot ?? undefined;
    this.call = open == null ? undefined : restored(JSON.parse(JSON.stringify(open)));
    if (before?.state === 'ended' && this.call !== undefined) this.endings = 0;
    this.look();
  }
}
