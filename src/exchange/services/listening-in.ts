import type { AriPort } from '../../infra/ari/ari.port.js';
import type { SnoopPort } from '../../infra/ari/snoop.port.js';
import { type Clock } from '../../kernel/clock.js';
import { withDeadline } from '../../kernel/deadline.js';
import { bridgeOf, earOf } from '../domain/ids.js';
import type { SuperviseMode } from '../domain/service.js';

/** What a supervisor's channel is told to be: what he hears of the agent's channel, and who hears him. */
const ways = {
  listen: { spy: 'both', whisper: 'none' },
  whisper: { spy: 'both', whisper: 'out' },
  barge: { spy: 'both', whisper: 'both' },
} as const satisfies Record<SuperviseMode, object>;

export type ListeningPort = Pick<
  AriPort,
  'createBridge' | 'addToBridge' | 'removeFromBridge' | 'destroyBridge' | 'hangup'
> &
  SnoopPort;

/**
 * One supervisor's ear at an agent's channel: a snoop channel that he shares a bridge with. Asterisk mixes whatever he says in towards the agent
 * alone, or towards both; the talk itself is not touched.
 */
export class ListeningIn {
  private ear: string | undefined;
  private count = 0;
  private here = Promise.withResolvers<void>();
  /** He is out of the bridge: only then can anything be played to him alone (in a bridge it waits, measured). */
  out: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ari: ListeningPort,
    private readonly callId: string,
    private readonly channel: string,
    private readonly clock: Clock,
  ) {}

  /** Whether it is this ear's channel. */
  is(channel: string): boolean {
    return channel === this.ear;
  }

  /** Takes the place of what he heard before. */
  async begin(talking: string, mode: SuperviseMode): Promise<boolean> {
    const { ari, callId } = this;
    const bridge = bridgeOf(callId);
    const before = this.ear;
    const ear = earOf(callId, ++this.count);
    this.ear = ear;
    if (before === undefined) {
      // One of a former process would have its old ear in it.
      await ari.destroyBridge(bridge);
      await ari.createBridge(bridge, 'mixing');
      await ari.addToBridge(bridge, [this.channel]);
    } else await ari.hangup(before, NORMAL);
    this.here = Promise.withResolvers();
    // Made by one thread of Asterisk, it comes into the application in another: until then no bridge takes it.
    const isHere = withDeadline(this.here.promise, HERE_WITHIN_MS, this.clock).then(
      () => true,
      () => false,
    );
    const there = await ari.snoop(talking, { snoopId: ear, ...ways[mode] });
    if (there.kind !== 'done' || !(await isHere)) return false;
    return (await ari.addToBridge(bridge, [ear])).kind === 'done';
  }

  /** A channel has come into the application. */
  came(channel: string): void {
    if (channel === this.ear) this.here.resolve();
  }

  end(): void {
    const { ear } = this;
    this.ear = undefined;
    if (ear === undefined) return;
    const bridge = bridgeOf(this.callId);
    this.out = this.ari.removeFromBridge(bridge, [this.channel]);
    void this.ari.hangup(ear, NORMAL);
    void this.out.then(() => this.ari.destroyBridge(bridge));
  }
}

const NORMAL = 16;
/** It takes a millisecond or so; the event may have been missed. */
const HERE_WITHIN_MS = 2_000;
