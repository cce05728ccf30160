import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AriStats } from '../infra/ari/ari-stats.js';
import type { CallRegistry } from './call-registry.js';
import type { Directory } from './directory.js';
import type { Recorder } from './recorder.js';
import type { TrunkHealth } from './trunk-health/trunk-health.js';

export interface MetricSources {
  readonly calls: CallRegistry;
  readonly recorder: Recorder;
  readonly directory: Directory;
  readonly ari: AriStats;
  readonly trunks: Pick<TrunkHealth, 'unwell'>;
}

/** The exchange's figures. Labels are closed sets: states, readings, reasons, causes. */
export class ExchangeMetrics {
  readonly arrivals: Counter<'origin'>;
  readonly ended: Counter<'reading' | 'reason' | 'q850'>;
  readonly ringDelay: Histogram;
  readonly strangers: Counter;
  readonly looks: Counter<'outcome'>;
  readonly surprises: Counter;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.arrivals = new Counter({
      name: 'anydial_calls_arrived_total',
      help: 'Calls that reached the exchange, by where from',
      labelNames: ['origin'],
      registers,
    });
    this.ended = new Counter({
      name: 'anydial_calls_ended_total',
      help: 'Calls that ended, by reading, reason and Q.850 cause',
      labelNames: ['reading', 'reason', 'q850'],
      registers,
    });
    this.ringDelay = new Histogram({
      name: 'anydial_call_ring_delay_seconds',
      help: "From the caller's arrival to the first ringing",
      buckets: [0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
      registers,
    });
    this.strangers = new Counter({
      name: 'anydial_stranger_channels_total',
      help: 'Channels hung up because they belonged to no call',
      registers,
    });
    this.looks = new Counter({
      name: 'anydial_asterisk_looks_total',
      help: 'Comparisons of Asterisk with the open calls',
      labelNames: ['outcome'],
      registers,
    });
    this.surprises = new Counter({
      name: 'anydial_call_surprises_total',
      help: 'Bugs: the call machine threw',
      registers,
    });
  }

  /** Figures that are read when somebody asks. */
  watch({ calls, recorder, directory, ari, trunks }: MetricSources): void {
    this.gauge('anydial_journal_records', 'Call records that wait for PostgreSQL', () => recorder.waiting);
    this.gauge('anydial_database_away', '1 while PostgreSQL does not answer the exchange', () =>
      Number(recorder.databaseAway),
    );
    this.gauge('anydial_directory_entries', 'Numbers and members kept in memory', () => directory.cached);
    this.gauge('anydial_ari_connected', '1 while the event stream is up', () => Number(ari.live));
    this.gauge(
      'anydial_ari_lag_seconds',
      "Age of Asterisk's last event when it was handled",
      () => ari.lagMs / 1_000,
    );
    this.gauge(
      'anydial_ari_requests_in_flight',
      'Requests to Asterisk under way',
      () => ari.requestsInFlight,
    );
    const open = new Gauge({
      name: 'anydial_calls_open',
      help: 'Calls in progress, by state',
      labelNames: ['state'],
      registers: [this.registry],
      collect: () => {
        open.reset();
        for (const { call } of calls.all()) open.inc({ state: call.state });
      },
    });
    const unwell = new Gauge({
      name: 'anydial_trunks_unwell',
      help: 'Trunks that are avoided (open) or tried again (half-open); one that is missing here is well',
      labelNames: ['trunk', 'state'],
      registers: [this.registry],
      collect: () => {
        unwell.reset();
        for (const [trunk, state] of trunks.unwell()) unwell.set({ trunk, state }, 1);
      },
    });
    const requests = new Gauge({
      name: 'anydial_ari_requests',
      help: 'Requests to Asterisk since the start, by outcome',
      labelNames: ['outcome'],
      registers: [this.registry],
      collect: () => {
        for (const [outcome, count] of Object.entries(ari.requests)) requests.set({ outcome }, count);
      },
    });
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: () => gauge.set(read()),
    });
  }
}
