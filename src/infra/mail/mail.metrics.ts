import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Db } from '../db/db.js';
import { figures } from '../metrics/figures.js';

/** Mail that has not left, asked from PostgreSQL when Prometheus asks. */
@Injectable()
export class MailMetrics {
  constructor(db: Db, registry: Registry) {
    const oldest = new Gauge({
      name: 'anydial_mail_oldest_waiting_seconds',
      help: 'Age of the oldest mail that waits to be sent; NaN while PostgreSQL does not answer',
      registers: [registry],
    });
    figures(
      registry,
      {
        name: 'anydial_mail',
        help: 'Mails of the last month by state: waiting, sending (its outcome is unknown), refused for good',
        labels: ['state'],
      },
      async () => {
        const rows = await db.rows<{ state: string; count: string; age: string }>(BACKLOG).catch(() => []);
        oldest.set(Number(rows.find(({ state }) => state === 'waiting')?.age ?? Number.NaN));
        return rows.map(({ state, count }) => [{ state }, Number(count)] as const);
      },
    );
  }
}

/** Sent ones are the many: they are neither read nor counted. */
const BACKLOG = `
  SELECT s.state, count(m.id) AS count, coalesce(extract(epoch FROM now() - min(m.created_at)), 0) AS age
    FROM (VALUES ('waiting'), ('sending'), ('refused')) AS s (state)
    LEFT JOIN outgoing_mail m ON m.state = s.state
   GROUP BY s.state`;
