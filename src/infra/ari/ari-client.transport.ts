import type { Result } from '../../kernel/result.js';
import type { AriOutcome, AriPort, CreateLeg, NodeSnapshot, TransferProgress } from './ari.port.js';
import { object, text } from './decode.fields.js';
import { USED_EVENTS } from './decode.js';
import type { AsteriskInfo, Endpoint, SystemInfo, Variable } from './generated/models.js';
import type { AriParameters } from './generated/operations.js';
import type { OperationRunner } from './operation-runner.js';
import type { DiscoveryFailure } from './operations.discovery.js';
import type { UsedOperation } from './operations.js';
import type { RecordingPort, RecordingRequest } from './recording.port.js';
import { ANSWER } from './rest.socket.js';
import { snapshotOf } from './snapshot.js';
import type { SnoopPort, SnoopRequest } from './snoop.port.js';

/** The port over one Asterisk: operations as ari-client discovered them, sent over our own channel with a deadline each. */
export class AriClientTransport implements AriPort, RecordingPort, SnoopPort {
  constructor(
    private readonly runner: OperationRunner,
    private readonly app: string,
  ) {}

  /** Must have succeeded once before anything is asked of the port; safe to repeat. */
  connect(): Promise<Result<unknown, DiscoveryFailure>> {
    return this.runner.connect();
  }

  answer(channelId: string): Promise<AriOutcome> {
    return this.tell('channels.answer', { channelId });
  }

  ring(channelId: string): Promise<AriOutcome> {
    return this.tell('channels.ring', { channelId });
  }

  progress(channelId: string): Promise<AriOutcome> {
    return this.tell('channels.progress', { channelId });
  }

  continueInDialplan(
    channelId: string,
    { context, exten, priority }: { context: string; exten: string; priority: number },
  ): Promise<AriOutcome> {
    return this.tell('channels.continueInDialplan', { channelId, context, extension: exten, priority });
  }

  hangup(channelId: string, cause: number): Promise<AriOutcome> {
    return this.tell('channels.hangup', { channelId, reason_code: String(cause) });
  }

  setVars(channelId: string, vars: Readonly<Record<string, string>>): Promise<AriOutcome> {
    return this.tell('channels.setChannelVars', { channelId, variables: printable(vars) });
  }

  async getVar(channelId: string, name: string): Promise<AriOutcome<string>> {
    const outcome = await this.runner.run('channels.getChannelVar', { channelId, variable: name });
    if (outcome.kind !== 'done') return outcome;
    return { kind: 'done', value: text(object<Variable>(outcome.value)?.value) ?? '' };
  }

  async endpointOnline(endpoint: string): Promise<AriOutcome<boolean>> {
    const outcome = await this.runner.run('endpoints.get', { tech: 'PJSIP', resource: endpoint });
    if (outcome.kind !== 'done') return outcome;
    return { kind: 'done', value: object<Endpoint>(outcome.value)?.state === 'online' };
  }

  watchEndpoint(endpoint: string, watched: boolean): Promise<AriOutcome> {
    const wish = { applicationName: this.app, eventSource: [`endpoint:PJSIP/${endpoint}`] };
    return this.tell(watched ? 'applications.subscribe' : 'applications.unsubscribe', wish);
  }

  transferProgress(channelId: string, progress: TransferProgress): Promise<AriOutcome> {
    return this.tell('channels.transfer_progress', { channelId, states: `channel_${progress}` });
  }

  createLeg(leg: CreateLeg): Promise<AriOutcome> {
    return this.tell('channels.create', {
      endpoint: leg.endpoint,
      app: this.app,
      appArgs: leg.appArgs.join(','),
      channelId: leg.channelId,
      ...(leg.originator === undefined ? {} : { originator: leg.originator }),
      ...(leg.formats === undefined ? {} : { formats: leg.formats.join(',') }),
      variables: printable(leg.variables),
    });
  }

  /** Give no `caller` to a leg whose CONNECTEDLINE was set: Asterisk would overwrite it with the caller's own number. */
  dial(
    channelId: string,
    { caller, timeoutSeconds }: { caller?: string; timeoutSeconds: number },
  ): Promise<AriOutcome> {
    return this.tell('channels.dial', {
      channelId,
      timeout: timeoutSeconds,
      ...(caller === undefined ? {} : { caller }),
    });
  }

  createBridge(bridgeId: string, type: 'mixing' | 'holding'): Promise<AriOutcome> {
    return this.tell('bridges.createWithId', { bridgeId, type, name: this.app });
  }

  /** Keeps each leg's connected line as it is: the number shown to a party is what the exchange decided, not what the other side is called. */
  addToBridge(bridgeId: string, channelIds: readonly string[]): Promise<AriOutcome> {
    return this.tell('bridges.addChannel', joining(bridgeId, channelIds));
  }

  async joinAndDial(
    bridgeId: string,
    channelIds: readonly string[],
    { leg, timeoutSeconds }: { leg: string; timeoutSeconds: number },
  ): Promise<readonly AriOutcome[]> {
    const outcomes = await this.runner.runInOrder([
      { name: 'bridges.addChannel', parameters: joining(bridgeId, channelIds) },
      { name: 'channels.dial', parameters: { channelId: leg, timeout: timeoutSeconds } },
    ]);
    return outcomes.map(withoutValue);
  }

  removeFromBridge(bridgeId: string, channelIds: readonly string[]): Promise<AriOutcome> {
    return this.tell('bridges.removeChannel', { bridgeId, channel: channelIds });
  }

  destroyBridge(bridgeId: string): Promise<AriOutcome> {
    return this.tell('bridges.destroy', { bridgeId });
  }

  play(
    target: { channelId: string } | { bridgeId: string },
    playbackId: string,
    media: readonly string[],
    lang?: string,
  ): Promise<AriOutcome> {
    const what = { playbackId, media, ...(lang === undefined ? {} : { lang }) };
    return 'channelId' in target
      ? this.tell('channels.playWithId', { ...what, channelId: target.channelId })
      : this.tell('bridges.playWithId', { ...what, bridgeId: target.bridgeId });
  }

  stopPlayback(playbackId: string): Promise<AriOutcome> {
    return this.tell('playbacks.stop', { playbackId });
  }

  record(request: RecordingRequest): Promise<AriOutcome> {
    return this.tell('channels.record', {
      channelId: request.channelId,
      name: request.name,
      format: 'wav',
      maxDurationSeconds: request.maxSeconds,
      maxSilenceSeconds: request.maxSilenceSeconds,
      ifExists: 'overwrite',
      terminateOn: request.endedBy,
    });
  }

  recordBridge(bridgeId: string, name: string, maxSeconds: number): Promise<AriOutcome> {
    return this.tell('bridges.record', {
      bridgeId,
      name,
      format: 'wav',
      maxDurationSeconds: maxSeconds,
      ifExists: 'overwrite',
    });
  }

  snoop(channelId: string, { snoopId, spy, whisper }: SnoopRequest): Promise<AriOutcome> {
    return this.tell('channels.snoopChannelWithId', {
      channelId,
      snoopId,
      spy,
      whisper,
      app: this.app,
      appArgs: 'ear',
    });
  }

  stopRecording(recordingName: string): Promise<AriOutcome> {
    return this.tell('recordings.stop', { recordingName });
  }

  recordingGoesOn(recordingName: string): Promise<AriOutcome> {
    return this.tell('recordings.getLive', { recordingName });
  }

  playbackGoesOn(playbackId: string): Promise<AriOutcome> {
    return this.tell('playbacks.get', { playbackId });
  }

  async snapshot(): Promise<AriOutcome<NodeSnapshot>> {
    const [channels, bridges, application, info] = await Promise.all([
      this.runner.run('channels.list', {}),
      this.runner.run('bridges.list', {}),
      this.runner.run('applications.get', { applicationName: this.app }),
      this.runner.run('asterisk.getInfo', { only: 'status' }),
    ]);
    return snapshotOf({ channels, bridges, application, info }, this.app);
  }

  /** Lets only the events through that `decodeEvent` uses, and answers to requests over the socket. Lost with Asterisk's restart: repeat it on every connect. */
  filterEvents(): Promise<AriOutcome> {
    const allowed = [...USED_EVENTS, ANSWER].map((type) => ({ type }));
    return this.tell('applications.filter', { applicationName: this.app, filter: { allowed } });
  }

  /** Asterisk's version, e.g. `22.10.1`; also the truthful answer to "does it answer". */
  async version(): Promise<AriOutcome<string>> {
    const outcome = await this.runner.run('asterisk.getInfo', { only: 'system' });
    if (outcome.kind !== 'done') return outcome;
    return {
      kind: 'done',
      value: text(object<SystemInfo>(object<AsteriskInfo>(outcome.value)?.system)?.version) ?? '',
    };
  }

  close(): void {
    this.runner.close();
  }

  private async tell<Name extends UsedOperation>(
    name: Name,
    parameters: AriParameters[Name],
  ): Promise<AriOutcome> {
    return withoutValue(await this.runner.run(name, parameters));
  }
}

const withoutValue = (outcome: AriOutcome<unknown>): AriOutcome =>
  outcome.kind === 'done' ? { kind: 'done', value: undefined } : outcome;

const joining = (bridgeId: string, channelIds: readonly string[]) => ({
  bridgeId,
  channel: channelIds,
  inhibitConnectedLineUpdates: true,
});

/** Control characters in a caller's name reach the INVITE as they are: a line break there adds SIP headers (seen on 22.10.1). */
function printable(vars: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [name, value.replace(/\p{Cc}+/gu, ' ')]),
  );
}
