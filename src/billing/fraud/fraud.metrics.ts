import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Db } from '../../infra/db/db.js';
import { figures } from '../../infra/metrics/figures.js';

/** Fraud alerts that nobody has looked at yet, asked from PostgreSQL when Prometheus asks. */
@Injectable()
export class FraudMetrics {
  constructor(db: Db, registry: Registry) {
    const oldest = new Gauge({
      name: 'anydial_fraud_alert_oldest_unseen_seconds',
      help: 'Age of the oldest fraud alert that nobody has acknowledged',
      registers: [registry],
    });
    figures(
      registry,
      {
        name: 'anydial_fraud_alerts_unseen',
        help: 'Fraud alerts that nobody has acknowledged',
        labels: ['kind'],
      },
      async () => {
        const rows = await db.rows<{ kind: string; count: string; age: string }>(UNSEEN).catch(() => []);
        oldest.set(Math.max(0, ...rows.map(({ age }) => Number(age))));
        return rows.map(({ kind, count }) => [{ kind }, Number(count)] as const);
      },
    );
  }
}

const UNSEEN = `
  SELECT kind, count(*) AS count, extract(epoch FROM now() - min(raised_at)) AS age
    FROM fraud_alert WHERE acknowledged_at IS NULL GROUP BY kind`;
