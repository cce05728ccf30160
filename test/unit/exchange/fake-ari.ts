import { FACTS } from '../../../src/exchange/ari-events.js';
import type {
  AriEvent,
  AriOutcome,
  AriPort,
  AriStreamHandler,
  ChannelSnapshot,
  CreateLeg,
  NodeSnapshot,
  TransferProgress,
} from '../../../src/infra/ari/ari.port.js';
import type { CelEvidence, ChannelEvidence } from '../../../src/infra/ari/cel.js';

/** What the far end behind an endpoint does when it is dialled. */
export type FarEnd =
  | 'rings'
  | 'answers'
  | 'silent'
  /** 100, and nothing after it. */
  | 'trying'
  | { readonly refuses: number; readonly sip: number }
  | 'absent';

interface FakeChannel {
  readonly snapshot: ChannelSnapshot;
  readonly endpoint: string;
  state: ChannelSnapshot['state'];
}

/** What the view ps_endpoints sets on a device's channels. */
export const deviceVars = (name: string): Readonly<Record<string, string>> => ({
  [FACTS]: `KR,,device-${name},member-${name}`,
});
const TRUNK: Readonly<Record<string, string>> = { [FACTS]: 'KR,gw-kr' };

const done: AriOutcome = { kind: 'done', value: undefined };
const gone: AriOutcome = { kind: 'gone', status: 404, message: 'Channel not found' };

/**
 * An Asterisk for tests: obeys `AriPort` as the real one was measured to, keeps channels and bridges across the death of
 * whoever steers it, writes its own log, and tells its events to whoever is connected (to nobody: they are lost).
 */
export class FakeNode implements CelEvidence {
  readonly channels = new Map<string, FakeChannel>();
  readonly bridges = new Map<string, Set<string>>();
  readonly log = new Map<string, ChannelEvidence>();
  /** Legs in the order in which they were dialled. */
  readonly dialled: string[] = [];
  /** Limits set on channels, in order. */
  readonly limits: [channel: string, vars: Readonly<Record<string, string>>][] = [];
  /** What was played, in order: `<channel or bridge> <language> <media>`. */
  readonly played: string[] = [];
  readonly farEnds = new Map<string, FarEnd>();
  /** What phones that asked for a transfer were told. */
  readonly told: { readonly channel: string; readonly progress: TransferProgress }[] = [];
  startedAt = new Date(0);
  private time = Date.parse('2026-01-01T00:00:00Z');
  private handler: AriStreamHandler | undefined;
  private hold: AriEvent[] | undefined;

  /** Each event takes a second, so that times tell them apart. */
  now(): Date {
    this.time += 1_000;
    return new Date(this.time);
  }

  /** Events that come while the handler looks around are held back for it, as the event stream does. */
  async connect(handler: AriStreamHandler): Promise<void> {
    const held: AriEvent[] = [];
    this.hold = held;
    await handler.onConnected();
    this.hold = undefined;
    this.handler = handler;
    for (const event of held) this.emit(event);
  }

  disconnect(): void {
    const handler = this.handler;
    this.handler = undefined;
    handler?.onDisconnected('test');
  }

  /** A caller comes in, by default a trunk's. */
  callIn(id: string, exten: string, vars = TRUNK, name = 'PJSIP/gw-kr-00000001'): void {
    const at = this.now();
    const channel = this.add(id, name, at, 'Ring', exten, vars);
    const args = ['in', ...(vars[FACTS] ?? '').split(',')];
    this.emit({ type: 'stasis.start', at, channel: channel.snapshot, args });
  }

  answer(id: string): void {
    const channel = this.channels.get(id);
    if (channel === undefined) return;
    const at = this.now();
    channel.state = 'Up';
    this.note(id, { answeredAt: at });
    this.emit({ type: 'dial', at, channelId: id, status: 'ANSWER' });
    this.emit({ type: 'channel.state', at, channelId: id, state: 'Up' });
    for (const members of this.bridges.values()) if (members.has(id)) this.answerCallers(members, at);
  }

  rings(id: string): void {
    this.emit({ type: 'dial', at: this.now(), channelId: id, status: 'RINGING' });
  }

  /** Somebody hangs up: a person, or Asterisk itself. */
  hangUp(id: string, cause = 16, sip?: number): void {
    if (!this.channels.delete(id)) return;
    const at = this.now();
    for (const members of this.bridges.values()) members.delete(id);
    this.note(id, { hungUpAt: at, cause });
    if (isLeg(id)) {
      const techCause = sip === undefined ? {} : { techCause: sip };
      this.emit({ type: 'channel.destroyed', at, channelId: id, cause, ...techCause });
    } else this.emit({ type: 'stasis.end', at, channelId: id });
  }

  /** A phone sends REFER: to a number, or to take the place of another of its calls. */
  refer(id: string, target: string, replaced?: string): void {
    const channel = this.channels.get(id);
    if (channel === undefined) return;
    const other = replaced === undefined ? undefined : this.channels.get(replaced)?.snapshot;
    const replaces =
      replaced === undefined ? {} : { replaces: other === undefined ? {} : { channel: other } };
    this.emit({ type: 'transfer.asked', at: this.now(), channel: channel.snapshot, target, ...replaces });
  }

  /** kill -9 of Asterisk, and its start. */
  restart(): void {
    this.disconnect();
    this.channels.clear();
    this.bridges.clear();
    this.startedAt = this.now();
  }

  async celEvidence(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, ChannelEvidence>> {
    return new Map([...this.log].filter(([id]) => ids.has(id)));
  }

  /** @param gate decides about every request before it is carried out: `false` and it never arrives, nor an answer. */
  port(gate: (what: string) => 'carry-out' | 'drop' | 'lose-answer' = () => 'carry-out'): AriPort {
    const ask = <T>(what: string, act: () => AriOutcome<T>): Promise<AriOutcome<T>> => {
      const fate = gate(what);
      if (fate === 'drop') return never();
      const outcome = act();
      return fate === 'carry-out' ? Promise.resolve(outcome) : never();
    };
    const unused = () => Promise.reject(new Error('not used by the exchange'));
    return {
      answer: (id) => ask('answer', () => this.do(id, () => this.answerCallers(new Set([id]), this.now()))),
      ring: (id) => ask('ring', () => this.do(id, () => undefined)),
      watchEndpoint: unused,
      hangup: (id, cause) => ask('hangup', () => this.do(id, () => this.hangUp(id, cause))),
      createLeg: (leg) => ask('create-leg', () => this.createLeg(leg)),
      dial: (id) => ask('dial', () => this.dial(id)),
      createBridge: (id) =>
        ask('create-bridge', () => {
          this.bridges.set(id, this.bridges.get(id) ?? new Set());
          return done;
        }),
      addToBridge: (id, members) => ask('join', () => this.join(id, members)),
      joinAndDial: async (id, members, { leg }) => {
        const joined = ask('join', () => this.join(id, members));
        return Promise.all([joined, ask('dial', () => this.dial(leg))]);
      },
      destroyBridge: (id) => ask('destroy-bridge', () => (this.bridges.delete(id) ? done : gone)),
      snapshot: () => ask('snapshot', () => ({ kind: 'done', value: this.snapshot() })),
      progress: (id) => ask('progress', () => this.do(id, () => undefined)),
      continueInDialplan: unused,
      setVars: (id, vars) => ask('set-vars', () => this.do(id, () => this.limits.push([id, vars]))),
      endpointOnline: () => ask('endpoint', () => ({ kind: 'done', value: true })),
      getVar: (id, name) =>
        ask('get-var', () => {
          const channel = this.channels.get(id);
          if (channel === undefined) return { kind: 'gone', status: 404, message: 'Channel not found' };
          const heard = name === 'HANGUPCAUSE_KEYS()' && this.farEnds.get(channel.endpoint) === 'trying';
          return { kind: 'done', value: heard ? channel.snapshot.name : (channel.snapshot.vars[name] ?? '') };
        }),
      removeFromBridge: (id, members) =>
        ask('leave', () => {
          for (const member of members) this.bridges.get(id)?.delete(member);
          return done;
        }),
      play: (target, playbackId, media, lang) =>
        ask('play', () => this.play(target, playbackId, media, lang)),
      transferProgress: (id, progress) =>
        ask('tell-transferor', () => this.do(id, () => void this.told.push({ channel: id, progress }))),
      stopPlayback: unused,
    };
  }

  private createLeg({ channelId, endpoint }: CreateLeg): AriOutcome {
    if (this.channels.has(channelId)) return done;
    if (this.farEnds.get(endpoint) === 'absent') {
      return { kind: 'rejected', status: 500, message: 'Allocation failed' };
    }
    const at = this.now();
    const name = /^PJSIP\/([a-z]+)$/.exec(endpoint)?.[1];
    const { snapshot } = this.add(
      channelId,
      name === undefined ? endpoint : `${endpoint}-0000000${this.channels.size}`,
      at,
      'Down',
      '',
      name === undefined ? {} : deviceVars(name),
      endpoint,
    );
    this.emit({ type: 'stasis.start', at, channel: snapshot, args: ['leg'] });
    return done;
  }

  private dial(id: string): AriOutcome {
    const channel = this.channels.get(id);
    if (channel === undefined) return gone;
    if (channel.state !== 'Down') return { kind: 'gone', status: 409, message: 'Channel not in state down' };
    this.dialled.push(id);
    const farEnd = this.farEnds.get(channel.endpoint) ?? 'rings';
    if (typeof farEnd === 'object') this.hangUp(id, farEnd.refuses, farEnd.sip);
    else if (farEnd !== 'silent' && farEnd !== 'trying') {
      channel.state = 'Ringing';
      this.emit({ type: 'dial', at: this.now(), channelId: id, status: 'RINGING' });
      if (farEnd === 'answers') this.answer(id);
    }
    return done;
  }

  /** Goes on until the test says that it has finished. */
  private play(
    target: { channelId: string } | { bridgeId: string },
    _playbackId: string,
    media: readonly string[],
    lang = '',
  ): AriOutcome {
    const id = 'channelId' in target ? target.channelId : target.bridgeId;
    if (!this.channels.has(id) && !this.bridges.has(id)) return gone;
    this.played.push(`${id} ${lang} ${media.join(' ')}`);
    return done;
  }

  playbackFinished(playbackId: string): void {
    this.emit({ type: 'playback.finished', at: this.now(), playbackId, failed: false });
  }

  private join(id: string, members: readonly string[]): AriOutcome {
    const bridge = this.bridges.get(id);
    if (bridge === undefined) return gone;
    if (members.some((member) => !this.channels.has(member))) {
      return { kind: 'gone', status: 400, message: 'Channel not found' };
    }
    for (const others of this.bridges.values()) for (const member of members) others.delete(member);
    for (const member of members) bridge.add(member);
    return done;
  }

  private do(id: string, act: () => void): AriOutcome {
    if (!this.channels.has(id)) return gone;
    act();
    return done;
  }

  /** The bridge answers a caller when the callee in it answers (measured). */
  private answerCallers(members: ReadonlySet<string>, at: Date): void {
    for (const id of members) {
      const channel = this.channels.get(id);
      if (channel === undefined || isLeg(id) || channel.state === 'Up') continue;
      channel.state = 'Up';
      this.note(id, { answeredAt: at });
      this.emit({ type: 'channel.state', at, channelId: id, state: 'Up' });
    }
  }

  private add(
    id: string,
    name: string,
    at: Date,
    state: FakeChannel['state'],
    exten: string,
    vars: Readonly<Record<string, string>> = {},
    endpoint = name,
  ): FakeChannel {
    const snapshot: ChannelSnapshot = {
      id,
      name,
      state,
      createdAt: at,
      callerNumber: '0212345678',
      callerName: '',
      language: 'en',
      context: 'trunks',
      exten,
      protocolId: id,
      vars,
      inApp: true,
    };
    const channel = { snapshot, endpoint, state };
    this.channels.set(id, channel);
    this.note(id, { createdAt: at });
    return channel;
  }

  private snapshot(): NodeSnapshot {
    return {
      startedAt: this.startedAt,
      channels: [...this.channels.values()].map(({ snapshot, state }) => ({ ...snapshot, state })),
      bridges: [...this.bridges].map(([id, members]) => ({ id, channels: [...members] })),
    };
  }

  private note(id: string, more: ChannelEvidence): void {
    this.log.set(id, { ...this.log.get(id), ...more });
  }

  private emit(event: AriEvent): void {
    if (this.hold !== undefined) this.hold.push(event);
    else this.handler?.onEvent(event);
  }
}

const isLeg = (id: string): boolean => /\.a\d+\.\d+$/.test(id);
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
