import pg from 'pg';
import type { Command } from '../cli.js';
import { writeEmergencyPlan } from '../exchange/emergency/emergency-files.js';
import { emergencyGateways } from '../exchange/emergency/emergency-gateways.js';
import { emergencyPlan } from '../exchange/emergency/emergency-plan.js';
import { sqlOn } from '../infra/db/sql.js';

/** The static way out for emergency calls, before Asterisk's first start; afterwards the exchange keeps it. */
export const emergencyPlanCommand: Command = async (config, [directory]) => {
  if (directory === undefined) {
    process.stderr.write(
      "usage: emergency-plan DIR, DIR being the generated/ folder of Asterisk's configuration\n",
    );
    return 64;
  }
  const pool = new pg.Pool({ connectionString: config.databaseUrl.reveal(), max: 1 });
  try {
    const gateways = await emergencyGateways(sqlOn(pool));
    await writeEmergencyPlan(directory, emergencyPlan(gateways, config.sip.host));
    const countries = gateways.map(({ country }) => country).join(' ');
    process.stdout.write(`emergency gateways: ${countries || 'none'}\n`);
  } finally {
    await pool.end();
  }
  return 0;
};
