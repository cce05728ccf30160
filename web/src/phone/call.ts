import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import { patienceMs, peerOptions } from './ice.js';
import { qualityOf, type Sample, sampleOf } from './quality.js';
import { chosenMicrophone, isThere, soundDevices } from './sound-devices.js';
import { isAnother, soundSettings } from './sound-settings.js';
import type { CallView } from './state.js';
import { shownUser } from './target.js';

const LOOK_EVERY_MS = 2_000;
/** An ICE path that is gone for a moment comes back by itself. */
const PATIENCE_MS = 3_000;

const media = () => ({
  mediaConstraints: { audio: chosenMicrophone(), video: false },
  pcConfig: peerOptions(),
});

/** One call: what JsSIP tells of it becomes a view, and what the user wants becomes SIP. */
export class PhoneCall {
  view: CallView;
  readonly audio = new Audio();
  private before: Sample | undefined;
  private looking: ReturnType<typeof setInterval> | undefined;
  private healing: ReturnType<typeof setTimeout> | undefined;
  /** A microphone that we brought ourselves: JsSIP stops only the one that it began with. */
  private brought: MediaStreamTrack | undefined;
  private changing: Promise<void> = Promise.resolve();

  constructor(
    readonly session: RTCSession,
    private readonly changed: () => void,
    private readonly deaf: () => void,
    target?: string,
  ) {
    const { remote_identity: remote, direction, id } = session;
    const incoming = `${direction}` === 'incoming';
    this.view = {
      id,
      direction: incoming ? 'in' : 'out',
      number: target ?? shownUser(remote.uri.user ?? ''),
      name: incoming ? remote.display_name || undefined : undefined,
      stage: incoming ? 'ringing' : 'dialling',
      held: false,
      muted: false,
      startedAt: undefined,
      quality: undefined,
      transfer: 'none',
      endedBecause: undefined,
    };
    this.audio.autoplay = true;
    this.listen();
    // Of a call that we make the connection is there already when JsSIP tells of it.
    if (session.connection) this.follow(session.connection);
  }

  /** What a new call is made with. */
  static options() {
    return media();
  }

  get over(): boolean {
    return this.view.stage === 'ended';
  }

  answer(): void {
    if (this.view.stage === 'ringing') this.session.answer(media());
  }

  hangUp(): void {
    if (this.over) return;
    // 486 to a call that came in: the caller hears that one does not want to talk, and may leave a message.
    this.session.terminate(this.view.stage === 'ringing' ? { status_code: 486 } : {});
  }

  hold(held: boolean): void {
    if (this.view.stage !== 'talking') return;
    if (held) this.session.hold();
    else this.session.unhold();
  }

  mute(muted: boolean): void {
    if (muted) this.session.mute({ audio: true });
    else this.session.unmute({ audio: true });
  }

  press(key: string): void {
    if (this.view.stage !== 'talking' || !/^[0-9*#A-D]$/.test(key)) return;
    this.session.sendDTMF(key, { transportType: JsSIP.C.DTMF_TRANSPORT.RFC2833 });
  }

  /** Puts the other one through: to a number, or to whom one talks with in the other call. */
  transfer(uri: string, other?: PhoneCall): void {
    this.set({ transfer: 'asked' });
    const failed = () => this.set({ transfer: 'failed' });
    this.session.refer(other === undefined ? uri : other.session.remote_identity.uri.toString(), {
      eventHandlers: { requestFailed: failed, failed, accepted: () => this.hangUp() },
      ...(other === undefined ? {} : { replaces: other.session }),
    });
  }

  async speaker(sinkId: string): Promise<void> {
    if (!('setSinkId' in this.audio)) return;
    // Unplugged: the browser's own choice is better than silence.
    await this.audio.setSinkId(sinkId).catch(() => this.audio.setSinkId('').catch(() => undefined));
  }

  /** The microphone as it is chosen now, in the middle of the talk; one change after the other. */
  microphone(): Promise<void> {
    this.changing = this.changing.then(() => this.bringMicrophone());
    return this.changing;
  }

  /** What was chosen is used: also after something was plugged in or out, and where the browser began with another microphone. */
  async keepToChosen(): Promise<void> {
    await this.speaker(soundSettings().speaker);
    const track = this.sender?.track;
    if (track == null || this.over) return;
    const used = { deviceId: track.getSettings().deviceId, ended: track.readyState === 'ended' };
    if (isAnother(soundSettings(), used, isThere)) await this.microphone();
  }

  private get sender(): RTCRtpSender | undefined {
    return this.session.connection?.getSenders().find(({ track }) => track?.kind === 'audio');
  }

  private async bringMicrophone(): Promise<void> {
    const { sender } = this;
    if (sender === undefined || this.over) return;
    const stream = await navigator.mediaDevices
      .getUserMedia({ audio: chosenMicrophone() })
      .catch(() => undefined);
    const [track] = stream?.getAudioTracks() ?? [];
    // The one before goes on.
    if (track === undefined) return this.deaf();
    if (this.over) return track.stop();
    track.enabled = !this.view.muted && !this.view.held;
    const before = sender.track;
    await sender.replaceTrack(track);
    before?.stop();
    this.brought = track;
  }

  /** The network has changed: the way that sound takes is looked for anew. */
  heal(): void {
    if (this.view.stage === 'talking' && this.session.isReadyToReOffer())
      this.session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
  }

  private listen(): void {
    const { session } = this;
    let ready: ReturnType<typeof setTimeout> | undefined;
    session.on('icecandidate', ({ ready: send }) => {
      clearTimeout(ready);
      ready = setTimeout(send, patienceMs());
    });
    session.on('peerconnection', ({ peerconnection }) => this.follow(peerconnection));
    session.on('progress', () => {
      if (this.view.direction === 'out') this.set({ stage: 'ringing' });
    });
    session.on('confirmed', () => this.talk());
    session.on('accepted', () => this.talk());
    session.on('hold', () => this.set({ held: session.isOnHold().local }));
    session.on('unhold', () => this.set({ held: session.isOnHold().local }));
    session.on('muted', () => this.set({ muted: true }));
    session.on('unmuted', () => this.set({ muted: false }));
    session.on('getusermediafailed', () => this.deaf());
    const end = ({ cause }: { cause: string }) => this.end(cause);
    session.on('ended', end);
    session.on('failed', end);
  }

  private follow(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track, streams }) => {
      this.audio.srcObject = streams[0] ?? new MediaStream([track]);
      void this.speaker(soundSettings().speaker);
      void this.audio.play().catch(() => undefined);
    });
    connection.addEventListener('iceconnectionstatechange', () => {
      clearTimeout(this.healing);
      const { iceConnectionState: state } = connection;
      if (state === 'failed') this.heal();
      if (state === 'disconnected') this.healing = setTimeout(() => this.heal(), PATIENCE_MS);
    });
  }

  private talk(): void {
    if (this.view.stage === 'talking' || this.over) return;
    this.set({ stage: 'talking', startedAt: Date.now() });
    this.looking = setInterval(() => void this.look(), LOOK_EVERY_MS);
    // The browser may tell of its devices only now that a microphone is in use.
    void soundDevices().then(() => this.keepToChosen());
  }

  private async look(): Promise<void> {
    const { connection } = this.session;
    if (this.view.held || !connection) return;
    const now = sampleOf((await connection.getStats()).values());
    if (now !== undefined && this.before !== undefined && !this.over)
      this.set({ quality: qualityOf(this.before, now) });
    this.before = now;
  }

  private end(cause: string): void {
    clearInterval(this.looking);
    clearTimeout(this.healing);
    this.audio.srcObject = null;
    this.brought?.stop();
    this.set({ stage: 'ended', endedBecause: cause });
  }

  private set(changes: Partial<CallView>): void {
    this.view = { ...this.view, ...changes };
    this.changed();
  }
}
