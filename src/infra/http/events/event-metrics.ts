import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';

/** How many pages listen, and why others no longer do. */
@Injectable()
export class EventMetrics {
  readonly open: Gauge;
  readonly ended: Counter<'why'>;

  constructor(registry: Registry) {
    this.open = new Gauge({
      name: 'anydial_event_streams',
      help: 'Pages that listen to events',
      registers: [registry],
    });
    this.ended = new Counter({
      name: 'anydial_event_streams_ended_total',
      help: 'Ended event streams by why: signed-out, too-slow, too-long, gone, shutting-down',
      labelNames: ['why'],
      registers: [registry],
    });
  }
}
