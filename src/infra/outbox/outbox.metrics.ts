import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Db } from '../db/db.js';

/** How far behind the outbox is, asked from PostgreSQL when Prometheus asks; NaN while it doesn't answer. */
@Injectable()
export class OutboxMetrics {
  constructor(db: Db, registry: Registry) {
    const gauge = new Gauge({
      name: 'anydial_outbox_events',
      help: 'Events by how far they have come: waiting for Redis, relayed but not handled',
      labelNames: ['state'],
      registers: [registry],
      collect: async () => {
        const backlog = await db.rows<Backlog>(BACKLOG).catch(() => []);
        gauge.set({ state: 'waiting' }, Number(backlog[0]?.waiting ?? Number.NaN));
        gauge.set({ state: 'relayed' }, Number(backlog[0]?.relayed ?? Number.NaN));
        age.set(Number(backlog[0]?.age ?? Number.NaN));
      },
    });
    const age = new Gauge({
      name: 'anydial_outbox_oldest_waiting_seconds',
      help: 'Age of the oldest event that waits for Redis',
      registers: [registry],
    });
  }
}

interface Backlog {
  readonly waiting: string;
  readonly relayed: string;
  readonly age: string;
}

const BACKLOG = `
  SELECT (SELECT count(*) FROM outbox WHERE relayed_at IS NULL) AS waiting,
         (SELECT count(*) FROM outbox WHERE relayed_at IS NOT NULL AND handled_at IS NULL) AS relayed,
         (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox WHERE relayed_at IS NULL) AS age`;
