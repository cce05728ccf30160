import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Db } from '../../infra/db/db.js';
import { figures } from '../../infra/metrics/figures.js';

/** Money set aside: each call's hold must be gone soon after it. Asked from PostgreSQL when Prometheus asks. */
@Injectable()
export class HoldsMetrics {
  constructor(db: Db, registry: Registry) {
    const oldest = new Gauge({
      name: 'anydial_hold_of_ended_call_oldest_seconds',
      help: 'How long ago the call ended whose hold is open the longest: it was not charged',
      registers: [registry],
    });
    figures(
      registry,
      { name: 'anydial_holds_open', help: 'Open holds by purpose', labels: ['purpose'] },
      async () => {
        const rows = await db.rows<{ purpose: string; count: string; age: string }>(OPEN).catch(() => []);
        const ages = rows.map(({ age }) => Number(age));
        oldest.set(rows.length === 0 ? 0 : Math.max(...ages));
        return rows.map(({ purpose, count }) => [{ purpose }, Number(count)] as const);
      },
    );
  }
}

const OPEN = `
  SELECT h.purpose, count(*) AS count, coalesce(extract(epoch FROM now() - min(c.ended_at)), 0) AS age
    FROM hold h LEFT JOIN call c ON c.id = h.id
   WHERE h.closed_at IS NULL GROUP BY h.purpose`;
