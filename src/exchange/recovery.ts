import type { AriPort, ChannelSnapshot, NodeSnapshot } from '../infra/ari/ari.port.js';
import type { CelEvidence } from '../infra/ari/cel.js';
import type { CancelTimer, Clock } from '../kernel/clock.js';
import type { CallRegistry } from './call-registry.js';
import type { CallRunner } from './call-runner.js';
import type { CallStore } from './call-store.js';
import type { Call } from './domain/call.js';
import { legNameOf } from './domain/ids.js';
import { type Differences, type Evidence, type Look, mayHave, reconcile } from './domain/reconcile.js';
import { channelsOfAll } from './domain/reconcile-legs.js';
import { openCallOf } from './domain/restore.js';
import type { ExchangeWatch } from './exchange.watch.js';
import type { Journal } from './journal.js';
import { channelsOf, evidenceOf, isWhole, lookOf, missedAnswer } from './look.js';

export interface RecoveryParts {
  readonly node: string;
  readonly ari: AriPort;
  readonly cel: CelEvidence;
  readonly store: CallStore;
  readonly journal: Pick<Journal, 'has' | 'latest'>;
  readonly registry: CallRegistry;
  readonly clock: Clock;
  readonly watch: ExchangeWatch;
  readonly hands: RecoveryHands;
}

/** What is done with what a look finds. */
export interface RecoveryHands {
  /** Takes up calls of a former process. */
  adopt(calls: readonly Call[]): void;
  /** All open calls are known: those that a transfer links are told of each other. */
  relink(): void;
  /** A caller in our application whom no call knows. */
  claim(channel: ChannelSnapshot): Promise<void>;
  /** A leg of ours without a call. */
  stranger(channel: string, reason: string): void;
}

const EVERY_MS = 60_000;
const DOUBT_MS = 500;
const RETRY_MS = 2_000;
const WRITTEN_MS = 250;

/**
 * Finds out what was missed, and mends it: on every connection to Asterisk before its events are delivered, every minute, and
 * for calls in doubt. The comparison itself is `reconcile`, pure; here are only its eyes and hands.
 */
export class Recovery {
  private readonly doubted = new Set<string>();
  private cancelDoubt: CancelTimer | undefined;
  private cancelRound: CancelTimer = () => undefined;
  private lostAt: number | undefined;
  private readonly wholeAt = new Map<string, number>();
  /** Whether the database has told us which calls were open: until then nobody is a stranger. */
  private complete = false;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: RecoveryParts) {}

  /** Which calls were open is known. */
  get isComplete(): boolean {
    return this.complete;
  }

  disconnected(): void {
    this.lostAt ??= this.parts.clock.now().getTime();
    this.cancelRound();
  }

  /** A look at everything. Never rejects: a look that fails is tried again. */
  async connected(): Promise<void> {
    await this.round();
  }

  /** Asks for a look at one call; several that ask within half a second share it. */
  lookSoon(callId: string): void {
    this.doubted.add(callId);
    this.cancelDoubt ??= this.parts.clock.after(DOUBT_MS, () => this.lookAtDoubted());
  }

  stop(): void {
    this.stopped = true;
    this.cancelRound();
    this.cancelDoubt?.();
  }

  private lookAtDoubted(): void {
    this.cancelDoubt = undefined;
    const ids = [...this.doubted];
    this.doubted.clear();
    void this.look((runner) => ids.includes(runner.call.id)).then((done) => {
      if (!done && !this.stopped) for (const id of ids) this.lookSoon(id);
    });
  }

  private async round(): Promise<void> {
    if (this.stopped) return;
    await this.loadOpenCalls();
    const done = await this.look(() => true);
    if (done) this.lostAt = undefined;
    if (this.stopped) return;
    this.cancelRound();
    this.cancelRound = this.parts.clock.after(done && this.complete ? EVERY_MS : RETRY_MS, () => {
      void this.round();
    });
  }

  /** Calls that are open in the database or the journal, but not here: of a former process, or with a lost end. */
  private async loadOpenCalls(): Promise<void> {
    const { journal, store, node } = this.parts;
    const journalled = journal.latest().filter((record) => record.node === node);
    this.parts.hands.adopt(journalled.flatMap(({ snapshot }) => openCallOf(snapshot) ?? []));
    try {
      const open = await store.openCalls(node);
      this.parts.hands.adopt(open.filter((call) => !journal.has(call.id)));
      if (!this.complete) this.parts.hands.relink();
      this.complete = true;
    } catch {
      // Tried again soon; what the journal and the memory know is looked after meanwhile.
    }
  }

  /** One look at a time; each sees the calls as they are when its turn comes. Returns whether it succeeded. */
  private look(which: (runner: CallRunner) => boolean): Promise<boolean> {
    const next = this.looking.then(() => this.lookNow(which));
    this.looking = next.then(
      () => undefined,
      () => undefined,
    );
    return next.catch(() => false);
  }

  private async lookNow(which: (runner: CallRunner) => boolean): Promise<boolean> {
    const { ari, clock, registry, watch } = this.parts;
    const started = clock.elapsed();
    const wanted = registry.all().filter((runner) => which(runner) && runner.call.state !== 'ended');
    for (const runner of wanted) if (!isSettled(runner)) this.lookSoon(runner.call.id);
    const calls = wanted.filter(isSettled).map((runner) => runner.call);
    const outcome = await ari.snapshot();
    const done = outcome.kind === 'done';
    if (done) {
      const look = lookOf(outcome.value, clock.now().getTime(), this.lostAt, this.wholeAt);
      const evidence = await this.evidence(calls, look);
      this.apply(calls, reconcile(look, calls, evidence, registry), outcome.value);
      this.noteWhole(calls, look);
    }
    watch.looked(done ? 'done' : 'failed', calls.length, (clock.elapsed() - started) / 1_000);
    return done;
  }

  private noteWhole(calls: readonly Call[], look: Look): void {
    for (const call of calls) if (isWhole(call, look)) this.wholeAt.set(call.id, look.at);
    for (const id of this.wholeAt.keys())
      if (this.parts.registry.get(id) === undefined) this.wholeAt.delete(id);
  }

  private apply(calls: readonly Call[], differences: Differences, { channels }: NodeSnapshot): void {
    for (const before of calls) {
      const runner = this.parts.registry.get(before.id);
      if (runner === undefined) continue;
      // What moved on meanwhile is compared with a later look.
      if (runner.call === before && isSettled(runner))
        runner.tell(...(differences.events.get(before.id) ?? []));
      else this.lookSoon(before.id);
    }
    if (!this.complete) return;
    for (const leg of differences.strangers) {
      // Its call may have asked for it while we looked.
      const call = this.parts.registry.get(legNameOf(leg)?.callId ?? '')?.call;
      if (call === undefined || !mayHave(call, leg)) this.parts.hands.stranger(leg, 'no open call has it');
    }
    for (const bridge of differences.leftovers) void this.parts.ari.destroyBridge(bridge);
    const unclaimed = new Set(differences.unclaimed);
    for (const channel of channels) if (unclaimed.has(channel.id)) void this.parts.hands.claim(channel);
  }

  /**
   * Asterisk's own log is read only for calls of which something is gone or was answered unseen. A channel that went this very moment may not be
   * written down yet: then it is read once more.
   */
  private async evidence(calls: readonly Call[], look: Look): Promise<ReadonlyMap<string, Evidence>> {
    const asked = calls.filter((call) => !isWhole(call, look) || missedAnswer(call, look));
    if (asked.length === 0) return new Map();
    const ids = new Set(asked.flatMap((call) => [call.caller.channel, ...channelsOfAll(call)]));
    const gone = asked.flatMap(channelsOf).filter((channel) => !look.channels.has(channel));
    const since = new Date(Math.min(...asked.map((call) => call.startedAt)) - 1_000);
    const first = await this.parts.cel.celEvidence(ids, since);
    if (gone.every((channel) => first.get(channel)?.hungUpAt !== undefined)) return evidenceOf(first);
    await new Promise<void>((resolve) => {
      this.parts.clock.after(WRITTEN_MS, resolve);
    });
    return evidenceOf(await this.parts.cel.celEvidence(ids, since));
  }
}

/** With requests on their way a call's belief and Asterisk's state may differ without anything being wrong. */
const isSettled = (runner: CallRunner): boolean => !runner.busy;
