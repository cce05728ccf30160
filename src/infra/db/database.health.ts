import { Injectable } from '@nestjs/common';
import { type HealthCheck, ReportsHealth } from '../health/reports-health.js';
import { Db } from './db.js';

@Injectable()
@ReportsHealth('database')
export class DatabaseHealth implements HealthCheck {
  constructor(private readonly db: Db) {}

  async check(): Promise<{ version: string }> {
    const [row] = await this.db.hot.rows<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    );
    return { version: row?.version ?? 'unknown' };
  }
}
