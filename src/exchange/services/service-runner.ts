import type { CancelTimer } from '../../kernel/clock.js';
import { assertNever } from '../../kernel/result.js';
import type { SpokenLanguage } from '../domain/language.js';
import type { SuperviseMode } from '../domain/service.js';
import type { Step } from './domain/machine.js';
import { prompt } from './domain/prompts.js';
import type { QueueWord } from './domain/queue-facts.js';
import type { Recorded, ServiceEffect } from './domain/service-effect.js';
import type { ServiceEvent } from './domain/service-event.js';
import { ListeningIn } from './listening-in.js';
import type { ServedCall } from './served-call.js';
import { type Asked, answer } from './service-answers.js';
import type { Running, ServicePlan } from './service-plan.js';
import type { ServiceWorld } from './service-world.js';

/** No prompt, greeting or message plays longer: an end that was not told is not waited for any longer. */
const LONGEST_PLAYBACK_SECONDS = 240;
/** Asterisk ends recordings by itself; its word for it may be lost. */
const GRACE_SECONDS = 5;

type Record = Extract<ServiceEffect, { do: 'record' }>;

/** What a service says to its call. */
export interface ServiceTold {
  pressed(digit: string): void;
  /** It is over by itself: the call is to be hung up with this Q.850 cause. */
  ended(q850: number): void;
}

/** Runs one service on one channel: events in, the machine decides, effects out. */
export class ServiceRunner {
  private state: Running;
  private playbacks = 0;
  private playing: string | undefined;
  private recording: Recorded | undefined;
  private cancelTimer: CancelTimer = () => undefined;
  private over = false;
  private readonly ear: ListeningIn;

  constructor(
    readonly call: ServedCall,
    private readonly plan: ServicePlan,
    private readonly world: ServiceWorld,
    private readonly told: ServiceTold,
  ) {
    this.state = { at: '' };
    this.ear = new ListeningIn(world.ari, call.id, call.channel, world.clock);
  }

  begin(): void {
    this.take(this.plan.machine.begin());
  }

  /** The recording under way, by the name that Asterisk knows. */
  get recordingName(): string | undefined {
    return this.recording === undefined ? undefined : this.plan.recordings[this.recording];
  }

  digit(digit: string): void {
    this.tell({ type: 'digit', digit });
  }

  playbackFinished(playbackId: string, failed: boolean): void {
    if (playbackId !== this.playing) return;
    this.playing = undefined;
    this.cancelTimer();
    this.tell({ type: 'played', failed });
  }

  recordingFinished(failed: boolean): void {
    if (this.recording === undefined) return;
    this.recording = undefined;
    this.cancelTimer();
    this.tell({ type: 'recorded', failed });
  }

  /** Events may have been missed: what no longer goes on has ended. */
  async look(): Promise<void> {
    const { playing, recordingName } = this;
    const { ari } = this.world;
    if (playing !== undefined && (await ari.playbackGoesOn(playing)).kind === 'gone')
      this.playbackFinished(playing, false);
    if (recordingName !== undefined && (await ari.recordingGoesOn(recordingName)).kind === 'gone')
      if (this.recordingName === recordingName) this.recordingFinished(false);
  }

  /** Somebody outside of the call has news for its service. */
  say(word: QueueWord): void {
    this.tell({ type: 'told', word });
  }

  /** A channel by which one listens has come into the application. */
  earCame(channel: string): void {
    this.ear.came(channel);
  }

  /** The channel that was listened to is gone. */
  earEnded(channel: string): void {
    if (this.ear.is(channel)) this.say('closed');
  }

  /** The call is over or given up: nothing is done any more. A recording ends with its channel, and is kept by the keeper. */
  stop(): void {
    if (this.over) return;
    this.over = true;
    this.cancelTimer();
    this.ear.end();
    if (this.playing !== undefined) void this.world.ari.stopPlayback(this.playing);
    if (this.plan.name === 'voicemail') this.world.keeper.release(this.call.id);
    if (this.plan.name === 'echo') void this.world.spool.drop(this.plan.recordings.echo);
  }

  private tell(event: ServiceEvent): void {
    if (this.over) return;
    this.take(this.plan.machine.step(this.state, event));
  }

  private take({ state, effects }: Step<Running>): void {
    this.state = state;
    for (const effect of effects) this.run(effect);
  }

  private run(effect: ServiceEffect): void {
    if (this.over) return;
    switch (effect.do) {
      case 'play':
        void this.play(effect.media, effect.language ?? this.plan.language);
        return;
      case 'wait':
        this.silence();
        this.startTimer(effect.seconds, () => this.tell({ type: 'timeout' }));
        return;
      case 'record':
        this.silence();
        void this.record(effect);
        return;
      case 'resume':
        void this.resume();
        return;
      case 'pressed':
        this.told.pressed(effect.digit);
        return;
      case 'end':
        this.told.ended(effect.q850);
        return;
      case 'supervise':
        void this.supervise(effect.mode);
        return;
      case 'notice':
        void this.notice();
        return;
      case 'let-go':
        this.ear.end();
        return;
      case 'enter':
      case 'choose':
      case 'line-up':
      case 'place':
      case 'call-back':
      case 'score':
      case 'agent':
      case 'card':
      case 'mail-link':
      case 'look':
      case 'list':
      case 'keep':
      case 'forget-greeting':
      case 'mark-heard':
      case 'delete':
      case 'set':
        void this.ask(effect);
        return;
      default:
        assertNever(effect);
    }
  }

  /** Asks the mailbox or the settings; whoever presses keys meanwhile is not heard. */
  private async ask(effect: Asked): Promise<void> {
    if (effect.do !== 'mark-heard' && effect.do !== 'line-up') this.silence();
    const told = await answer(effect, this.call, this.plan, this.world);
    if (told !== undefined) this.tell(told);
  }

  private async play(media: readonly string[], language: SpokenLanguage): Promise<void> {
    this.silence();
    const id = `${this.call.id}.s${++this.playbacks}`;
    this.playing = id;
    this.startTimer(LONGEST_PLAYBACK_SECONDS, () => this.playbackFinished(id, true));
    await this.ear.out;
    if (this.over || this.playing !== id) return;
    const target = { channelId: this.call.channel };
    const { kind } = await this.world.ari.play(target, id, media, language);
    if (kind !== 'done') this.playbackFinished(id, true);
  }

  private async record({ what, maxSeconds, maxSilenceSeconds }: Record): Promise<void> {
    const name = this.plan.recordings[what];
    try {
      await this.world.spool.makeRoom(name);
      if (what === 'message') await this.beginMessage();
    } catch (error) {
      this.world.log.warn({ err: error, call: this.call.id }, 'no room for a recording');
      this.recording = what;
      return this.recordingFinished(true);
    }
    // The caller may have gone while the note was written.
    if (this.over) return;
    this.recording = what;
    this.startTimer(maxSeconds + GRACE_SECONDS, () => void this.look());
    const { kind } = await this.world.ari.record({
      channelId: this.call.channel,
      name,
      maxSeconds,
      maxSilenceSeconds,
      endedBy: '#',
    });
    if (kind !== 'done') this.recordingFinished(true);
  }

  private async beginMessage(): Promise<void> {
    const { caller } = this.call;
    await this.world.keeper.begin({
      id: this.call.id,
      mailbox: this.plan.mailbox,
      ...(caller?.number ? { callerNumber: caller.number.slice(0, 255) } : {}),
      ...(caller?.name ? { callerName: caller.name.slice(0, 255) } : {}),
      receivedAt: this.world.clock.now().toISOString(),
    });
  }

  private async supervise(mode: SuperviseMode): Promise<void> {
    const channel = await this.channelToHear();
    if (this.over) return;
    if (channel === undefined) return this.tell({ type: 'refused' });
    const there = await this.ear.begin(channel, mode);
    // He may have hung up meanwhile.
    if (this.over) this.ear.end();
    else this.tell({ type: there ? 'done' : 'failed' });
  }

  private async channelToHear(): Promise<string | undefined> {
    const { service } = this.plan;
    if (service.name === 'listen') return this.world.talkOf(service.call)?.channel;
    if (service.name !== 'supervise') return undefined;
    const found = await this.world
      .queues()
      .supervised(service.member, service.agent)
      .catch(() => undefined);
    return found && this.world.agentsChannel(found);
  }

  /** Into the bridge of those who talk. */
  private async notice(): Promise<void> {
    const { service } = this.plan;
    const talk = service.name === 'listen' ? this.world.talkOf(service.call) : undefined;
    const id = `${this.call.id}.s${++this.playbacks}`;
    this.playing = id;
    this.startTimer(LONGEST_PLAYBACK_SECONDS, () => this.playbackFinished(id, true));
    const { kind } =
      talk === undefined
        ? { kind: 'gone' }
        : await this.world.ari.play({ bridgeId: talk.bridge }, id, [prompt('listen-notice')], talk.language);
    if (kind !== 'done') this.playbackFinished(id, true);
  }

  private async resume(): Promise<void> {
    this.world.keeper.hold(this.call.id);
    this.recording = 'message';
    await this.look();
  }

  /** Ends what plays and what is waited for. */
  private silence(): void {
    this.cancelTimer();
    if (this.playing === undefined) return;
    void this.world.ari.stopPlayback(this.playing);
    this.playing = undefined;
  }

  private startTimer(seconds: number, run: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.world.clock.after(seconds * 1_000, run);
  }
}
