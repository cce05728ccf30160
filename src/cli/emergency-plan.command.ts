import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Command } from '../cli.js';
import { emergencyCodes } from '../numbering/index.js';
import { type EmergencyGateway, emergencyPlan } from './emergency-plan.js';

interface GatewayRow {
  readonly country: string;
  readonly host: string;
  readonly port: number;
  readonly transport: string;
  readonly form: EmergencyGateway['callingForm'];
  readonly prefix: string | null;
}

export const emergencyPlanCommand: Command = async (config, [directory]) => {
  if (directory === undefined) {
    process.stderr.write(
      "usage: emergency-plan DIR, DIR being the generated/ folder of Asterisk's configuration\n",
    );
    return 64;
  }
  const gateways = await readGateways(config.databaseUrl.reveal());
  const plan = emergencyPlan(gateways, config.sip.host);
  await mkdir(directory, { recursive: true });
  await replace(join(directory, 'pjsip-emergency.conf'), plan.pjsip);
  await replace(join(directory, 'extensions-emergency.conf'), plan.extensions);
  process.stdout.write(
    `emergency gateways: ${gateways.map((gateway) => gateway.country).join(' ') || 'none'}\n`,
  );
  return 0;
};

/** One gateway a country, the first by name where several serve it. */
async function readGateways(url: string): Promise<readonly EmergencyGateway[]> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    const { rows } = await db.query<GatewayRow>(
      `SELECT DISTINCT ON (country) country, host, port, transport,
              calling_format ->> 'form' AS form, calling_format ->> 'prefix' AS prefix
         FROM trunk WHERE emergency AND enabled ORDER BY country, id`,
    );
    return rows.map((row) => ({
      country: row.country,
      host: row.host,
      port: row.port,
      transport: row.transport,
      callingForm: row.form,
      internationalPrefix: row.prefix ?? '',
      codes: [...emergencyCodes(row.country).values()],
    }));
  } finally {
    await db.end();
  }
}

/** Asterisk may read at any moment: the file is always whole. */
async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
