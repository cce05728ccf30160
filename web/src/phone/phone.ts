import type { RTCSession } from 'jssip/lib/RTCSession.js';
import { PhoneCall } from './call.js';
import { Line } from './line.js';
import { soundDevices, whenDevicesChange } from './sound-devices.js';
import { keepSoundSettings, type SoundSettings, soundSettings } from './sound-settings.js';
import { FIRST_STATE, type LineState, type PhoneState, type Place } from './state.js';
import { dialable, uriOfTarget } from './target.js';
import { playTone } from './tones.js';

/** One tab is the phone: all of them would ring, and each would take the registration from the others. */
const LOCK = 'anydial.phone';
/** An ended call stays to be read for a moment. */
const SHOWN_AFTER_END_MS = 4_000;

/**
 * The browser as a telephone, one for all pages: whoever shows it subscribes. It outlives the page that started it, so that a talk
 * goes on while one reads something else.
 */
export class Phone {
  private current: PhoneState = FIRST_STATE;
  private readonly listeners = new Set<() => void>();
  private calls: readonly PhoneCall[] = [];
  private stopTone: () => void = () => undefined;
  private tone: 'ring' | 'ringback' | undefined;
  private leave: () => void = () => undefined;
  private readonly line = new Line({
    state: (line, place) => this.told(line, place),
    incoming: (session) => this.incoming(session),
    back: () => {
      for (const call of this.calls) call.heal();
    },
  });

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly state = (): PhoneState => this.current;

  /** Becomes the phone of this browser, unless another tab is; `insist` takes it from there. */
  start({ insist = false } = {}): void {
    if (this.current.line !== 'off' && this.current.line !== 'elsewhere') return;
    this.set({ line: 'connecting' });
    const options: LockOptions = insist ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(LOCK, options, async (lock) => {
        if (lock === null) return this.set({ line: 'elsewhere' });
        const left = new Promise<void>((resolve) => {
          this.leave = resolve;
        });
        const unwatch = whenDevicesChange(() => void this.keepToChosenDevices());
        void this.keepToChosenDevices();
        await this.line.start();
        return left.finally(unwatch);
      })
      // Another tab has insisted.
      .catch(() => {
        this.leave();
        this.line.stop();
        this.set({ line: 'elsewhere' });
      });
  }

  stop(): void {
    for (const call of this.calls) call.hangUp();
    this.line.stop();
    this.leave();
  }

  standAt(place: Place): Promise<void> {
    return this.line.moveTo(place);
  }

  /** Dials whatever is typed; false when there is nothing to dial, or no line. Whom one talks with waits meanwhile. */
  dial(typed: string): boolean {
    const target = dialable(typed);
    const { agent, realm } = this.line;
    if (target === undefined || agent === undefined || this.current.line !== 'ready') return false;
    this.holdOthers(undefined);
    const session = agent.call(uriOfTarget(target, realm), PhoneCall.options());
    this.add(session, target);
    return true;
  }

  answer(id: string): void {
    this.holdOthers(id);
    this.find(id)?.answer();
  }
  hangUp(id: string): void {
    this.find(id)?.hangUp();
  }
  hold(id: string, held: boolean): void {
    if (!held) this.holdOthers(id);
    this.find(id)?.hold(held);
  }
  mute(id: string, muted: boolean): void {
    this.find(id)?.mute(muted);
  }
  press(id: string, key: string): void {
    this.find(id)?.press(key);
  }
  /** Puts through without asking first. */
  transfer(id: string, typed: string): boolean {
    const target = dialable(typed);
    if (target === undefined) return false;
    this.find(id)?.transfer(uriOfTarget(target, this.line.realm));
    return true;
  }
  /** Connects the two whom one talks with. */
  connect(id: string, otherId: string): void {
    const other = this.find(otherId);
    if (other !== undefined) this.find(id)?.transfer('', other);
  }

  async chooseDevices(changes: Partial<SoundSettings>): Promise<void> {
    const settings = keepSoundSettings(changes);
    await Promise.all(
      this.calls.flatMap((call) => [
        call.speaker(settings.speaker),
        ...('microphone' in changes || 'clean' in changes ? [call.microphone()] : []),
      ]),
    );
  }

  private async keepToChosenDevices(): Promise<void> {
    await soundDevices();
    await Promise.all(this.calls.map((call) => call.keepToChosen()));
  }

  /** What the other side of a call sends, for meters. */
  heard(id: string): MediaStream | undefined {
    const { srcObject } = this.find(id)?.audio ?? {};
    return srcObject instanceof MediaStream ? srcObject : undefined;
  }

  private find(id: string): PhoneCall | undefined {
    return this.calls.find(({ view }) => view.id === id);
  }

  private holdOthers(id: string | undefined): void {
    for (const call of this.calls) if (call.view.id !== id && !call.view.held) call.hold(true);
  }

  private incoming(session: RTCSession): void {
    const call = this.add(session);
    if (document.visibilityState === 'visible' || Notification.permission !== 'granted') return;
    const { name, number } = call.view;
    const note = new Notification(name ?? number, {
      body: number,
      tag: call.view.id,
      requireInteraction: true,
    });
    note.addEventListener('click', () => {
      window.focus();
      note.close();
    });
    session.on('accepted', () => note.close());
    session.on('failed', () => note.close());
  }

  private add(session: RTCSession, target?: string): PhoneCall {
    const changed = () => this.callsChanged();
    const deaf = () => this.set({ deaf: true });
    const call = new PhoneCall(session, changed, deaf, target);
    this.calls = [...this.calls, call];
    const forget = () => {
      setTimeout(() => {
        this.calls = this.calls.filter((one) => one !== call);
        this.callsChanged();
      }, SHOWN_AFTER_END_MS);
    };
    session.on('ended', forget);
    session.on('failed', forget);
    this.callsChanged();
    return call;
  }

  private callsChanged(): void {
    this.set({ calls: this.calls.map(({ view }) => view) });
    const open = this.current.calls.filter(({ stage }) => stage !== 'ended');
    const ringing = open.find(({ stage }) => stage === 'ringing' || stage === 'dialling');
    const talks = open.some(({ stage }) => stage === 'talking');
    if (ringing?.direction === 'in') this.sound(talks ? undefined : 'ring');
    else this.sound(ringing?.stage === 'ringing' && !this.hasEarlySound(ringing.id) ? 'ringback' : undefined);
  }

  /** The far network's own ringing or announcement is heard instead of ours. */
  private hasEarlySound(id: string): boolean {
    const description = this.find(id)?.session.connection?.remoteDescription;
    return description !== null && description !== undefined;
  }

  private sound(tone: 'ring' | 'ringback' | undefined): void {
    if (tone === this.tone) return;
    this.stopTone();
    this.tone = tone;
    const { ringer, speaker } = soundSettings();
    this.stopTone = tone === undefined ? () => undefined : playTone(tone, tone === 'ring' ? ringer : speaker);
  }

  private told(line: LineState, place: Place | undefined): void {
    const device = line === 'ready' ? this.line.username : undefined;
    this.set({ line, device, ...(place === undefined ? {} : { place }) });
    if (line === 'refused') this.leave();
  }

  private set(changes: Partial<PhoneState>): void {
    this.current = { ...this.current, ...changes };
    for (const listener of this.listeners) listener();
  }
}

export const phone = new Phone();
