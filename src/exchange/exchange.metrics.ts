import { Counter, Histogram, type Registry } from 'prom-client';
import type { AriStats } from '../infra/ari/ari-stats.js';
import { figure, figures } from '../infra/metrics/figures.js';
import type { CallRegistry } from './call-registry.js';
import type { Directory } from './directory.js';
import { liveLegs } from './domain/call.js';
import type { Recorder } from './recorder.js';
import type { TrunkHealth } from './trunk-health/trunk-health.js';

export interface MetricSources {
  readonly calls: CallRegistry;
  readonly recorder: Recorder;
  readonly directory: Directory;
  readonly ari: AriStats;
  readonly trunks: Pick<TrunkHealth, 'unwell'>;
  /** Contacts that phones have registered; undefined while Asterisk does not say. */
  registrations(): Promise<number | undefined>;
}

/** Seconds. Ours alone are the first few hundredths; the rest is the far network. */
const DELAYS = [0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32];

/** The exchange's figures. Labels are closed sets: states, readings, reasons, causes, countries, our own trunks. */
export class ExchangeMetrics {
  readonly arrivals: Counter<'origin' | 'country'>;
  readonly ended: Counter<'origin' | 'reading' | 'reason' | 'q850' | 'answered'>;
  readonly destinations: Counter<'code' | 'answered'>;
  readonly talkSeconds: Counter<'reading'>;
  readonly setUpDelay: Histogram;
  readonly ringDelay: Histogram;
  readonly answerDelay: Histogram;
  readonly strangers: Counter;
  readonly looks: Counter<'outcome'>;
  readonly surprises: Counter;

  constructor(private readonly registry: Registry) {
    this.arrivals = this.counter(
      'calls_arrived',
      'Calls that reached the exchange, by kind and country of origin',
      ['origin', 'country'],
    );
    this.ended = this.counter(
      'calls_ended',
      'Calls that ended: kind, reading, reason, Q.850 cause, answered or not',
      ['origin', 'reading', 'reason', 'q850', 'answered'],
    );
    this.destinations = this.counter(
      'calls_to_country',
      'Ended calls to telephone numbers, by calling code',
      ['code', 'answered'],
    );
    this.talkSeconds = this.counter('call_talk_seconds', 'Seconds talked in calls that have ended', [
      'reading',
    ]);
    this.setUpDelay = this.delay(
      'setup',
      "From the caller's arrival to the first leg being dialled: our own part",
    );
    this.ringDelay = this.delay('ring', "From the caller's arrival to the first ringing");
    this.answerDelay = this.delay('answer', "From the caller's arrival to the answer");
    this.strangers = this.counter(
      'stranger_channels',
      'Channels hung up because they belonged to no call',
      [],
    );
    this.looks = this.counter('asterisk_looks', 'Comparisons of Asterisk with the open calls', ['outcome']);
    this.surprises = this.counter('call_surprises', 'Bugs: the call machine threw', []);
  }

  /** Figures that are read when somebody asks. */
  watch({ calls, recorder, directory, ari, trunks, registrations }: MetricSources): void {
    const { registry } = this;
    figure(
      registry,
      'anydial_journal_records',
      'Call records that wait for PostgreSQL',
      () => recorder.waiting,
    );
    figure(registry, 'anydial_database_away', '1 while PostgreSQL does not answer the exchange', () =>
      Number(recorder.databaseAway),
    );
    figure(
      registry,
      'anydial_directory_entries',
      'Numbers and members kept in memory',
      () => directory.cached,
    );
    this.watchAri(ari);
    figures(
      registry,
      {
        name: 'anydial_calls_open',
        help: 'Calls in progress, by state and kind',
        labels: ['state', 'origin'],
      },
      () => calls.all().map(({ call: { state, origin } }) => [{ state, origin: origin.kind }, 1] as const),
    );
    figures(
      registry,
      { name: 'anydial_trunk_calls_open', help: 'Legs in progress, by trunk', labels: ['trunk'] },
      () =>
        calls
          .all()
          .flatMap(({ call }) => liveLegs(call))
          .flatMap(({ plan }) => (plan.kind === 'trunk' ? [[{ trunk: plan.target }, 1] as const] : [])),
    );
    figure(registry, 'anydial_trunks', 'Trunks that there are', () => directory.network.trunks.size);
    figures(
      registry,
      {
        name: 'anydial_trunks_unwell',
        help: 'Trunks that are avoided (open) or tried again (half-open); one that is missing here is well',
        labels: ['trunk', 'state'],
      },
      () => [...trunks.unwell()].map(([trunk, state]) => [{ trunk, state }, 1] as const),
    );
    figures(
      registry,
      { name: 'anydial_registrations', help: 'Contacts that phones have registered', labels: [] },
      async () => [[{}, (await registrations()) ?? Number.NaN]],
    );
  }

  private watchAri(ari: AriStats): void {
    const { registry } = this;
    figure(registry, 'anydial_ari_connected', '1 while the event stream is up', () => Number(ari.live));
    figure(
      registry,
      'anydial_ari_lag_seconds',
      "Age of Asterisk's last event when it was handled",
      () => ari.lagMs / 1_000,
    );
    figure(
      registry,
      'anydial_ari_lag_max_seconds',
      'The longest lag since the start',
      () => ari.maxLagMs / 1_000,
    );
    figure(
      registry,
      'anydial_ari_requests_in_flight',
      'Requests to Asterisk under way',
      () => ari.requestsInFlight,
    );
    const outcomes = { connected: 'connects', failed: 'failedConnects', lost: 'disconnects' } as const;
    figures(
      registry,
      {
        name: 'anydial_ari_connections',
        help: 'Connections to Asterisk since the start: connected, failed, lost',
        labels: ['outcome'],
      },
      () => Object.entries(outcomes).map(([outcome, name]) => [{ outcome }, ari[name]] as const),
    );
    figures(
      registry,
      {
        name: 'anydial_ari_requests',
        help: 'Requests to Asterisk since the start, by outcome',
        labels: ['outcome'],
      },
      () => Object.entries(ari.requests).map(([outcome, count]) => [{ outcome }, count] as const),
    );
    figure(
      registry,
      'anydial_ari_events',
      'Events of Asterisk handled since the start',
      () => ari.eventsHandled,
    );
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `anydial_${name}_total`, help, labelNames, registers: [this.registry] });
  }

  private delay(name: string, help: string): Histogram {
    return new Histogram({
      name: `anydial_call_${name}_delay_seconds`,
      help,
      buckets: DELAYS,
      registers: [this.registry],
    });
  }
}
