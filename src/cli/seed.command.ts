import pg from 'pg';
import type { Command } from '../cli.js';
import type { Sql } from '../infra/db/sql.js';
import { seedLabBilling } from './lab-billing.js';
import { seedLabShop } from './lab-shop.js';
import { labWorld } from './lab-world.js';
import { seedLab } from './seed.js';

export const seedCommand: Command = async (config, [world]) => {
  if (world !== 'lab' || config.lab === undefined) {
    process.stderr.write(
      'usage: seed lab, with LAB_SIP_PORT and LAB_PHONE_SECRET set (./anydial sets them)\n',
    );
    return 64;
  }
  const db = new pg.Client({ connectionString: config.databaseUrl.reveal() });
  await db.connect();
  try {
    await db.query('BEGIN');
    const { sipPort, phoneSeed } = config.lab;
    const world = labWorld({ sipPort, phoneSeed: phoneSeed.reveal(), realm: config.sip.realm });
    await seedLab(db, world);
    await seedLabBilling(sqlOf(db), world);
    await seedLabShop(sqlOf(db));
    await db.query('COMMIT');
  } finally {
    await db.end();
  }
  process.stdout.write('the lab world is seeded\n');
  return 0;
};

/** Statements on the one connection, so that they are part of its transaction. */
const sqlOf = (db: pg.Client): Sql => ({
  rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await db.query<Row>(text, [...values])).rows,
  run: async (text, values = []) => (await db.query(text, [...values])).rowCount ?? 0,
});
