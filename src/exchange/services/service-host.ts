import type { AriEvent } from '../../infra/ari/ari.port.js';
import type { TellCall } from '../call-services.js';
import { callOfEar } from '../domain/ids.js';
import type { Service } from '../domain/service.js';
import type { QueueWord } from './domain/queue-facts.js';
import type { ServedCall } from './served-call.js';
import { planOf } from './service-plan.js';
import { ServiceRunner } from './service-runner.js';
import type { ServiceWorld } from './service-world.js';

/** Services that the exchange itself offers in a call: each runs on an answered caller's channel, outside of bridges. */
export class ServiceHost {
  private readonly runners = new Map<string, ServiceRunner>();
  private readonly channels = new Map<string, ServiceRunner>();

  constructor(
    private readonly world: ServiceWorld,
    private readonly tell: TellCall,
  ) {}

  /** Begins; for a call that a former process served, where that left it if a message was being recorded. Twice is once. */
  start(call: ServedCall, service: Service): void {
    if (this.runners.has(call.id)) return;
    const plan = planOf(call.id, service, this.world.spool);
    const runner = new ServiceRunner(call, plan, this.world, {
      pressed: (digit) => this.tell(call.id, { type: 'key.pressed', digit }),
      ended: (q850) => {
        this.stop(call.id);
        this.tell(call.id, { type: 'service.ended', q850 });
      },
    });
    this.runners.set(call.id, runner);
    this.channels.set(call.channel, runner);
    runner.begin();
  }

  /** The caller is gone, or the call is over. Harmless when nothing runs. */
  stop(callId: string): void {
    const runner = this.runners.get(callId);
    if (runner === undefined) return;
    this.runners.delete(callId);
    this.channels.delete(runner.call.channel);
    runner.stop();
  }

  /** Tells a service what somebody outside of its call has decided; false where none runs. */
  say(callId: string, word: QueueWord): boolean {
    const runner = this.runners.get(callId);
    runner?.say(word);
    return runner !== undefined;
  }

  /** Hands on what concerns a service; everything else is ignored. */
  onEvent(event: AriEvent): void {
    switch (event.type) {
      case 'dtmf':
        this.channels.get(event.channelId)?.digit(event.digit);
        return;
      case 'playback.finished':
        this.runners.get(callOf(event.playbackId))?.playbackFinished(event.playbackId, event.failed);
        return;
      case 'stasis.start':
        this.runners.get(callOfEar(event.channel.id) ?? '')?.earCame(event.channel.id);
        return;
      case 'stasis.end':
        this.runners.get(callOfEar(event.channelId) ?? '')?.earEnded(event.channelId);
        return;
      case 'recording.finished':
        this.recorded(event.recording, event.failed);
    }
  }

  /** After a (re)connection to Asterisk: events may have been missed. */
  async look(): Promise<void> {
    this.world.reconnected();
    await Promise.all([...this.runners.values()].map((runner) => runner.look()));
  }

  /** How many run. */
  get size(): number {
    return this.runners.size;
  }

  private recorded(recording: string, failed: boolean): void {
    const runner = [...this.runners.values()].find(({ recordingName }) => recordingName === recording);
    if (runner !== undefined) {
      runner.recordingFinished(failed);
      return;
    }
    // The caller has hung up: his message is kept all the same.
    const message = this.world.spool.messageOf(recording);
    if (message !== undefined) void this.world.keeper.keep(message);
  }
}

/** Playbacks are named `<call>.s<n>`. */
const callOf = (playbackId: string): string => playbackId.slice(0, playbackId.lastIndexOf('.s'));
