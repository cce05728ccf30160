import type { LabWorld } from './lab-world.js';

/** The one method of a pg client or pool that seeding needs. */
interface Queryable {
  query(sql: string, values: readonly unknown[]): Promise<unknown>;
}

/** Writes the lab world; a row that is there already is brought up to date (ports and secrets belong to the instance). */
export async function seedLab(db: Queryable, world: LabWorld): Promise<void> {
  for (const [table, key, rows] of tablesOf(world)) await upsert(db, table, key, rows);
}

/** Each table after those that it refers to. */
const tablesOf = (
  world: LabWorld,
): readonly (readonly [table: string, key: string, rows: readonly object[]])[] => [
  ['member', 'id', world.members],
  ['call_order_house', 'one', world.house],
  ['device', 'id', world.devices],
  ['number_assignment', 'id', world.numbers],
  ['number_shadow', 'assignment_id, country', world.shadows],
  ['vns_branch', 'id', world.branches],
  ['trunk', 'id', world.trunks],
  ['centre', 'id', world.centres],
  ['route', 'prefix, trunk_id, days, from_minute, to_minute, time_zone', world.routes],
  ['voip_carrier', 'id', world.carriers],
  ['carrier_pattern', 'id', world.carrierPatterns],
  ['feature_code', 'code', world.featureCodes],
  ['identifier_code', 'country, code', world.identifierCodes],
  ['routing_setting', 'name', world.routingSettings],
  ['contact_number', 'id', world.contactNumbers],
  ['carrier_number', 'id', world.carrierNumbers],
  ['email_identity', 'id', world.emails],
  ['domain_identity', 'id', world.domains],
  ['find_me', 'member_id, position', world.findMe],
  ['call_setting', 'member_id', world.callSettings],
];

/** Table, key and columns are our own constants, never input. */
async function upsert(db: Queryable, table: string, key: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const changes = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  await db.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1)
     ON CONFLICT (${key}) DO UPDATE SET ${changes}`,
    [JSON.stringify(rows)],
  );
}
