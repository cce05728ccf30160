import type { AriConnection } from './ari-connection.js';
import { type AriChannel, type ChannelEvent, endpointOf } from './ari-events.js';
import { type DialogFacts, isAnswer, isProgress, isRinging, readDialog, type WireEnding } from './dialog.js';
import { DEADLINE_MS, type History } from './history.js';
import { replacesOf, toldStatus } from './refer.js';
import type { SipMessage } from './sip-message.js';
import type { SipWire } from './sip-wire.js';
import { hearTone } from './tone.js';

/** What a call of the lab runs on. */
export interface LabLine {
  readonly ari: AriConnection;
  readonly wire: SipWire;
  /** PJSIP endpoint in the lab whose call this is. */
  readonly endpoint: string;
}

/** How the call ended: on the wire, and what Asterisk made of it. `silent`: the far side never answered at all, not even 100. */
export interface CallEnding extends Omit<WireEnding, 'how'> {
  readonly how: WireEnding['how'] | 'silent';
  /** Q.850 cause of the lab's channel. */
  readonly cause: number;
}

export interface RtpStats {
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
}

interface Wait {
  readonly within?: number;
}

/**
 * One end of a call in the lab: a phone's, or a gateway's, centre's or carrier's. Times are those of the wire. Every
 * wait fails at once when the call ends before what is waited for, and otherwise after its deadline.
 */
export class LabCall {
  /** What Asterisk says of this channel. */
  readonly channel: History<ChannelEvent>;
  /** The call's SIP messages. */
  readonly sip: History<SipMessage>;
  /** Events of the channel before it was handed over to a transfer: only a start after them says that it is back. */
  #handedOver = 0;

  constructor(
    private readonly line: LabLine,
    readonly sipCallId: string,
    /** `address:port` of the other side. */
    peer: string,
    /** What was dialled, or the user part that the INVITE arrived with (decoded). */
    readonly number: string,
  ) {
    this.channel = line.ari.channel(line.endpoint, sipCallId);
    this.sip = line.wire.dialog(sipCallId, peer);
  }

  /** What the wire says by now. */
  get facts(): DialogFacts {
    return readDialog(this.sip.items);
  }

  /** The INVITE: what arrived (or left), with every header and the SDP. */
  invite(wait: Wait = {}): Promise<SipMessage> {
    return this.sip.first('INVITE', (message) => message.method === 'INVITE', wait);
  }
  /**
   * Resolves when the driver may ring, answer, play and so on. True of dialled calls, calls to phones and those to a far
   * end's number ending in 9006; other calls at far ends run by themselves and can be hung up and listened to.
   */
  async controlled(wait: Wait = {}): Promise<void> {
    const since = this.#handedOver;
    await this.channel.first('control of the call', ({ type }) => type === 'StasisStart', { ...wait, since });
  }
  /** When 180 passed. */
  ringing(wait: Wait = {}): Promise<Date> {
    return this.#beforeEnd('180 Ringing', isRinging, wait);
  }
  /** When 183 passed. */
  progressed(wait: Wait = {}): Promise<Date> {
    return this.#beforeEnd('183 Session Progress', isProgress, wait);
  }
  /** When the 200 to INVITE passed; from then on tones, digits and hold work. */
  async answered(wait: Wait = {}): Promise<Date> {
    const at = await this.#beforeEnd('200 OK', isAnswer, wait);
    await this.channel.first('Up', (event) => event.channel.state === 'Up' || isDestroyed(event), wait);
    return at;
  }

  async ended(wait: Wait = {}): Promise<CallEnding> {
    const destroyed = await this.channel.first('ChannelDestroyed', isDestroyed, wait);
    const cause = destroyed.cause ?? 0;
    if (this.#farWasSilent(destroyed)) {
      return { at: new Date(destroyed.timestamp), by: 'lab', how: 'silent', sip: 0, cause };
    }
    await this.sip.first('end of the call', () => this.facts.ending !== undefined, wait);
    return { ...(this.facts.ending as WireEnding), cause };
  }

  ring(): Promise<void> {
    return this.#do('ring');
  }
  /** 183 with SDP: early media from here on. */
  progress(): Promise<void> {
    return this.#do('progress');
  }
  answer(): Promise<void> {
    return this.#do('answer');
  }
  /** Refuses an unanswered incoming call with exactly this SIP status. */
  reject(status: number): Promise<void> {
    return this.#do(`continue?context=refuse&extension=${status}&priority=1`);
  }
  /** BYE, CANCEL, or the refusal that Asterisk makes of the Q.850 cause. */
  async hangup(cause = 16): Promise<void> {
    await this.line.ari.deleteIfThere(`/channels/${await this.#channelId()}?reason_code=${cause}`);
  }

  /** @param digits 0-9 A-D * #, RFC 4733. */
  sendDtmf(digits: string): Promise<void> {
    return this.#do(`dtmf?dtmf=${encodeURIComponent(digits)}`);
  }
  /** Resolves when exactly these digits have come, in this order, since the call began. */
  async hearsDtmf(digits: string, wait: Wait = {}): Promise<void> {
    const heard = () => this.channel.items.map((event) => event.digit ?? '').join('');
    await this.channel.first(`DTMF ${digits}`, () => heard() === digits, wait);
  }

  /** re-INVITE with `a=sendonly`. */
  hold(): Promise<void> {
    return this.#do('hold');
  }
  async unhold(): Promise<void> {
    await this.line.ari.delete(`/channels/${await this.#channelId()}/hold`);
  }
  /** REFER: asks the far side to put its other party through to a number. The call is driven again once told how it went. */
  refer(number: string): Promise<void> {
    return this.#refer(`sip:${encodeURIComponent(number)}@127.0.0.1`);
  }
  /** REFER with Replaces: asks the far side to connect its other party with that of another call of this phone. */
  referReplacing(other: LabCall): Promise<void> {
    return this.#refer(`sip:consulted@127.0.0.1?Replaces=${replacesOf(other.sip.items)}`);
  }
  async #refer(uri: string): Promise<void> {
    await this.#do(`variable?variable=LAB_REFER_TO&value=${encodeURIComponent(uri)}`);
    await this.controlled();
    this.#handedOver = this.channel.items.length;
    await this.line.ari.post(
      `/channels/${await this.#channelId()}/continue?context=transfer&extension=refer&priority=1`,
    );
  }
  /** The status that NOTIFY told of the transfer: 200 when the target answered. */
  async transferTold(wait: Wait = {}): Promise<number> {
    const told = () => toldStatus(this.sip.items);
    await this.sip.first('news of the transfer', () => told() !== undefined, wait);
    return told() ?? 0;
  }
  /** When the answer to REFER came, and which: 202 when it will be tried. */
  async referAnswered(wait: Wait = {}): Promise<number> {
    const answer = await this.sip.first(
      'answer to REFER',
      ({ cseqMethod, status }) => cseqMethod === 'REFER' && status !== undefined,
      wait,
    );
    return answer.status ?? 0;
  }

  /** The other side put us on hold. */
  async held(wait: Wait = {}): Promise<Date> {
    const event = await this.channel.first('hold', ({ type }) => type === 'ChannelHold', wait);
    return new Date(event.timestamp);
  }

  /**
   * Sends a tone until stopped, replaced, or the end of the call. Far ends that run by themselves play their own tone.
   * @param tones hertz, or as in indications.conf: `440/600,500/0` is 600 ms of 440 Hz, then 500 Hz.
   */
  async playTone(tones: number | string): Promise<void> {
    const variable = `variable=LAB_TONES&value=${encodeURIComponent(tones)}`;
    await this.#do(`variable?${variable}`);
    await this.#throughDialplan('start');
  }
  async stopTone(): Promise<void> {
    await this.#throughDialplan('stop');
  }
  /** Resolves with the time at which the tone was recognised in the received RTP. */
  async hearsTone(hz: number, { within = DEADLINE_MS }: Wait = {}): Promise<Date> {
    return hearTone(this.line.ari, await this.#channelId(), { hz, within });
  }
  /** Packets so far. Only while the call lasts. */
  async rtpStats(): Promise<RtpStats> {
    const stats = await this.line.ari.get<{ txcount: number; rxcount: number; rxploss: number }>(
      `/channels/${await this.#channelId()}/rtp_statistics`,
    );
    return { sent: stats.txcount, received: stats.rxcount, lost: stats.rxploss };
  }

  async #do(action: string): Promise<void> {
    await this.controlled();
    await this.line.ari.post(`/channels/${await this.#channelId()}/${action}`);
  }

  /** Leaves the application for asterisk/lab/extensions.conf's context `tone` and comes back. */
  async #throughDialplan(extension: 'start' | 'stop'): Promise<void> {
    const since = this.channel.items.length;
    await this.#do(`continue?context=tone&extension=${extension}&priority=1`);
    await this.channel.first('the call back from the dialplan', ({ type }) => type === 'StasisStart', {
      since,
    });
  }

  /** Asterisk tells a channel's Call-ID only from its second event on, so a call that does nothing has to be looked up. */
  async #channelId(): Promise<string> {
    const known = this.channel.items[0]?.channel.id;
    if (known !== undefined) return known;
    const channels = await this.line.ari.get<readonly AriChannel[]>('/channels');
    const ours = channels.find(
      (channel) => channel.protocol_id === this.sipCallId && endpointOf(channel) === this.line.endpoint,
    );
    if (!ours)
      throw new Error(`call ${this.number} (${this.sipCallId}) has no channel at ${this.line.endpoint}`);
    return ours.id;
  }

  async #beforeEnd(what: string, test: (message: SipMessage) => boolean, wait: Wait): Promise<Date> {
    const isEnd = () => this.facts.ending !== undefined && !isFirstChallenge(this.sip.items);
    const message = await this.sip.first(what, (seen) => test(seen) || isEnd(), wait);
    const found = this.sip.items.find(test);
    if (found) return found.at;
    const ending = this.facts.ending;
    throw new Error(
      `call ${this.number} ended (${ending?.how} ${ending?.sip} by ${ending?.by}) at ${message.at.toISOString()} before ${what}`,
    );
  }

  #farWasSilent(destroyed: ChannelEvent): boolean {
    const responses = this.sip.items.some(({ status }) => status !== undefined);
    const wasUp = this.channel.items.some(
      ({ channel }) => channel.state === 'Up' || channel.state === 'Ringing',
    );
    return !responses && !wasUp && !destroyed.tech_cause;
  }
}

/** 401 or 407 to an INVITE without credentials: another INVITE follows at once. */
function isFirstChallenge(messages: readonly SipMessage[]): boolean {
  const last = messages.findLast(({ cseqMethod }) => cseqMethod === 'INVITE');
  const invite = messages.findLast(({ method }) => method === 'INVITE');
  const challenged = last?.status === 401 || last?.status === 407;
  return challenged && !invite?.headers.has('authorization') && !invite?.headers.has('proxy-authorization');
}

const isDestroyed = (event: ChannelEvent) => event.type === 'ChannelDestroyed';
