import type { AriEvent, AriPort, ChannelSnapshot } from '../infra/ari/ari.port.js';
import { endpointOf } from './ari-events.js';
import type { CallRegistry } from './call-registry.js';
import type { CallRunner } from './call-runner.js';
import type { Call, Origin } from './domain/call.js';
import type { CallState } from './domain/call-states.js';
import { q850 } from './domain/causes.js';
import type { Effect } from './domain/effect.js';
import { bridgeOf } from './domain/ids.js';
import { openTransfer } from './domain/open-transfer.js';
import { originOfSecond } from './domain/order.js';
import type { Step } from './domain/step-result.js';
import { isTransferable } from './domain/transfer.js';

type Asked = Extract<AriEvent, { type: 'transfer.asked' }>;
type OpenTransfer = Extract<Effect, { do: 'open-transfer' }>;

const UNANSWERED: readonly CallState[] = ['preparing', 'dialling', 'ringing', 'early'];

/** Longer strings are nobody's number. */
const MOST_DIALLED = 256;

export interface TransferDeskParts {
  readonly ari: AriPort;
  readonly registry: CallRegistry;
  /** The device with this SIP user name; undefined when there is none that may call. */
  deviceOrigin(username: string): Promise<Origin | undefined>;
  /** Takes a new call up. */
  open(opened: Step): void;
  mayAct(): boolean;
}

/**
 * Where phones' wishes to transfer come in. Finds out whose call it is and who asks, and tells the calls; what becomes of
 * it is decided in `domain/step-transfer.ts`. Who is no device of a member's is declined: a caller from a trunk never makes us
 * call anybody.
 */
export class TransferDesk {
  constructor(private readonly parts: TransferDeskParts) {}

  /** At once, because the phone may hang up at once. */
  asked(event: Asked): void {
    const runner = this.talking(event.channel.id);
    const taken = event.replaces === undefined ? this.blind(event, runner) : this.attended(event, runner);
    if (!taken) void this.parts.ari.transferProgress(event.channel.id, 'declined');
  }

  /** The call that a blind transfer makes: whose it is may have to be looked up first. */
  async open(parentId: string, effect: OpenTransfer): Promise<void> {
    const parent = this.parts.registry.get(parentId);
    if (parent === undefined) return;
    const origin = await this.originOf(parent.call, effect).catch(() => undefined);
    if (!this.parts.mayAct()) return;
    if (origin === undefined || origin.kind === 'trunk') {
      const { id: call, at } = effect;
      parent.tell({ type: 'transfer.failed', call, at, progress: 'declined' });
      return;
    }
    const opened = openTransfer(parent.call, effect, origin);
    if (opened !== undefined) this.parts.open(opened);
  }

  private blind({ channel, target, at }: Asked, runner: CallRunner | undefined): boolean {
    const device = endpointOf(channel.name);
    if (runner === undefined || !mayAsk(runner.call, channel.id)) return false;
    // PostgreSQL's text takes no NUL.
    const dialled = target.replaceAll('\0', '').slice(0, MOST_DIALLED);
    runner.tell({ type: 'transfer.asked', by: channel.id, at: at.getTime(), device, dialled });
    return true;
  }

  /** Both calls must be the same device's: whoever merely knows another's dialog gets nowhere. */
  private attended({ channel, replaces, at }: Asked, first: CallRunner | undefined): boolean {
    const other = replaces?.channel;
    if (first === undefined || other === undefined || !isSameDevice(channel, other)) return false;
    const second = this.talking(other.id);
    if (second === undefined) return this.unanswered(channel, other, at, first);
    if (second === first) return false;
    const by = channel.id;
    const withBy = other.id;
    if (!mayAsk(first.call, by) || !mayAsk(second.call, withBy)) return false;
    const joined = { type: 'transfer.joined', at: at.getTime(), bridge: bridgeOf(second.call.id) } as const;
    second.tell({ ...joined, by: withBy, with: first.call.id, withBy: by, asked: false });
    first.tell({ ...joined, by, with: second.call.id, withBy, asked: true });
    return true;
  }

  /**
   * He did not wait for the answer of whom he asked (semi-attended): his call there is given up, and the other party is put
   * through to what he dialled, as by a blind transfer.
   */
  private unanswered(channel: ChannelSnapshot, other: ChannelSnapshot, at: Date, first: CallRunner): boolean {
    const asking = this.parts.registry
      .ofCaller(other.id)
      .findLast(({ call }) => call.borrowed === undefined && UNANSWERED.includes(call.state));
    if (asking === undefined || !mayAsk(first.call, channel.id)) return false;
    const device = endpointOf(channel.name);
    const { dialled } = asking.call;
    void this.parts.ari.hangup(other.id, q850.normal);
    first.tell({ type: 'transfer.asked', by: channel.id, at: at.getTime(), device, dialled });
    return true;
  }

  /** The call in which the channel talks: the latest that it came to. */
  private talking(channel: string): CallRunner | undefined {
    return this.parts.registry.having(channel).findLast((runner) => runner.call.state === 'talking');
  }

  private async originOf(call: Call, { by, device }: OpenTransfer): Promise<Origin | undefined> {
    const own = by === call.caller.channel && call.borrowed === undefined;
    if (own && call.order !== undefined) return originOfSecond(call);
    return own ? call.origin : this.parts.deviceOrigin(device);
  }
}

/** A trunk never does, whatever its endpoint allows. */
function mayAsk(call: Call, by: string): boolean {
  if (!isTransferable(call, by)) return false;
  const leg = call.legs.find(({ channel }) => channel === by);
  if (leg !== undefined) return leg.plan.kind === 'device';
  return call.borrowed !== undefined || call.origin.kind === 'member';
}

const isSameDevice = (one: ChannelSnapshot, other: ChannelSnapshot): boolean =>
  endpointOf(one.name) !== '' && endpointOf(one.name) === endpointOf(other.name);
