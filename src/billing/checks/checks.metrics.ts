import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Db } from '../../infra/db/db.js';

/** What the newest run found, asked from PostgreSQL when Prometheus asks: it outlives the process that ran it. */
@Injectable()
export class ChecksMetrics {
  constructor(db: Db, registry: Registry) {
    const found = new Gauge({
      name: 'anydial_billing_check_findings',
      help: 'Rows that break what must hold, by check, as the newest night run found them',
      labelNames: ['check'],
      registers: [registry],
      collect: async () => {
        const rows = await db.rows<{ name: string; findings: number; age: string }>(NEWEST).catch(() => []);
        found.reset();
        for (const { name, findings } of rows) found.set({ check: name }, findings);
        age.set(Number(rows[0]?.age ?? Number.NaN));
      },
    });
    const age = new Gauge({
      name: 'anydial_billing_check_age_seconds',
      help: 'Time since the newest night run; NaN when there was none',
      registers: [registry],
    });
  }
}

const NEWEST = `
  SELECT r.name, r.findings, extract(epoch FROM now() - run.started_at) AS age
    FROM (SELECT id, started_at FROM check_run ORDER BY started_at DESC LIMIT 1) run
    JOIN check_result r ON r.run_id = run.id`;
