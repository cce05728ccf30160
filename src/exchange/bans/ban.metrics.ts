import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Db } from '../../infra/db/db.js';
import { figures } from '../../infra/metrics/figures.js';

/** Who is kept out at the SIP door, asked from PostgreSQL when Prometheus asks; the same from every node. */
@Injectable()
export class BanMetrics {
  constructor(db: Db, registry: Registry) {
    figures(
      registry,
      {
        name: 'anydial_sip_bans',
        help: 'Bans in force, by who banned: the exchange itself, or a person',
        labels: ['by'],
      },
      async () => {
        const [found] = await db.rows<{ itself: string; person: string }>(IN_FORCE).catch(() => []);
        return [
          [{ by: 'exchange' }, Number(found?.itself ?? Number.NaN)],
          [{ by: 'person' }, Number(found?.person ?? Number.NaN)],
        ] as const;
      },
    );
  }
}

const IN_FORCE = `
  SELECT count(*) FILTER (WHERE added_by IS NULL) AS itself, count(*) FILTER (WHERE added_by IS NOT NULL) AS person
    FROM sip_ban WHERE lifted_at IS NULL AND until > now()`;
