import type { Sql } from '../../infra/db/sql.js';
import { emergencyCodes } from '../../numbering/index.js';
import type { EmergencyGateway } from './emergency-plan.js';

interface GatewayRow {
  readonly country: string;
  readonly host: string;
  readonly port: number;
  readonly transport: string;
  readonly auth: string | null;
  readonly form: EmergencyGateway['callingForm'];
  readonly prefix: string | null;
}

/** One gateway a country, the first by id where several serve it. */
export async function emergencyGateways(sql: Pick<Sql, 'rows'>): Promise<readonly EmergencyGateway[]> {
  const rows = await sql.rows<GatewayRow>(
    `SELECT DISTINCT ON (country) country, host, port, transport,
            CASE WHEN username IS NOT NULL THEN id END AS auth,
            calling_format ->> 'form' AS form, calling_format ->> 'prefix' AS prefix
       FROM trunk WHERE emergency AND enabled ORDER BY country, id`,
  );
  return rows.map((row) => ({
    country: row.country,
    host: row.host,
    port: row.port,
    transport: row.transport,
    auth: row.auth,
    callingForm: row.form,
    internationalPrefix: row.prefix ?? '',
    codes: [...emergencyCodes(row.country).values()],
  }));
}
