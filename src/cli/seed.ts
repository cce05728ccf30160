import type { LabWorld } from './lab-world.js';

/** The one method of a pg client or pool that seeding needs. */
interface Queryable {
  query(sql: string, values: readonly unknown[]): Promise<unknown>;
}

/** Writes the lab world; a row that is there already is brought up to date (ports and secrets belong to the instance). */
export async function seedLab(db: Queryable, world: LabWorld): Promise<void> {
  await upsert(db, 'member', 'id', world.members);
  await upsert(db, 'device', 'id', world.devices);
  await upsert(
    db,
    'number_assignment',
    'id',
    world.numbers.map(({ shadow, ...row }) => row),
  );
  await upsert(
    db,
    'number_shadow',
    'assignment_id, country',
    world.numbers.map((number) => ({
      assignment_id: number.id,
      country: number.region,
      e164: number.shadow,
      verified_at: '2026-01-01T00:00:00Z',
    })),
  );
  await upsert(db, 'trunk', 'id', world.trunks);
  await upsert(db, 'centre', 'id', world.centres);
  await upsert(db, 'route', 'id', world.routes);
}

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
