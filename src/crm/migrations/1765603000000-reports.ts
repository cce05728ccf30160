import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports: what happened as one row a fact, and sums of them by day, hour and agent that are kept as facts come, change or come late.
 * A fact told again changes the sums by the difference (`report_put`). Days are those of a time zone: the company's own, and the house's.
 */
export class Reports1765603000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE report_zone (
        owner text PRIMARY KEY,
        zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 60)
      )`);
    // kind: queue (a visit to a queue), call (any call, once), received (a call to a company's number), charged, joined, left, order.
    // country, language, currency: '' where there is none. id: of the fact itself, so that it counts once.
    await db.query(`
      CREATE TABLE report_fact (
        kind text NOT NULL,
        id uuid NOT NULL,
        owner text NOT NULL,
        at timestamptz NOT NULL,
        country text NOT NULL,
        language text NOT NULL,
        currency text NOT NULL,
        queue_id uuid,
        agent_id uuid,
        ${measures('NOT NULL')},
        PRIMARY KEY (kind, id, owner)
      )`);
    await db.query('CREATE INDEX report_fact_of_owner ON report_fact (owner, kind, at DESC, id DESC)');
    await db.query('CREATE INDEX report_fact_newest ON report_fact (kind, at DESC, id DESC)');
    await db.query(`
      CREATE TABLE report_day (
        zone text NOT NULL,
        owner text NOT NULL,
        kind text NOT NULL,
        day date NOT NULL,
        country text NOT NULL,
        language text NOT NULL,
        currency text NOT NULL,
        queue_id uuid NOT NULL,
        ${measures('NOT NULL')},
        PRIMARY KEY (zone, kind, day, owner, country, language, currency, queue_id)
      )`);
    await db.query('CREATE INDEX report_day_owner ON report_day (owner, zone, kind, day)');
    await db.query(`
      CREATE TABLE report_hour (
        owner text NOT NULL,
        kind text NOT NULL,
        hour timestamptz NOT NULL,
        country text NOT NULL,
        language text NOT NULL,
        ${measures('NOT NULL')},
        PRIMARY KEY (kind, hour, owner, country, language)
      )`);
    await db.query(`
      CREATE TABLE report_agent_day (
        zone text NOT NULL,
        owner text NOT NULL,
        agent_id uuid NOT NULL,
        day date NOT NULL,
        ${measures('NOT NULL')},
        PRIMARY KEY (zone, owner, day, agent_id)
      )`);
    await db.query('CREATE TABLE report_source (name text PRIMARY KEY, read_through timestamptz NOT NULL)');
    await db.query(zones);
    await db.query(add);
    await db.query(put);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION report_put, report_add, report_zones');
    await db.query(
      'DROP TABLE report_source, report_agent_day, report_hour, report_day, report_fact, report_zone',
    );
  }
}

const MEASURES = [
  'n',
  'answered',
  'abandoned',
  'waited_ms',
  'talked_ms',
  'scored',
  'score',
  'amount_micros',
] as const;
const measures = (rule: string) => MEASURES.map((name) => `${name} bigint ${rule}`).join(',\n        ');
const sums = MEASURES.map((name) => `sum(${name})`).join(', ');
const list = MEASURES.join(', ');
const added = (table: string) =>
  MEASURES.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');

/** In whose days a company's facts are counted: its own, and the house's, which sees all. */
const zones = `
  CREATE FUNCTION report_zones(of_owner text) RETURNS TABLE (zone text) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT coalesce((SELECT z.zone FROM report_zone z WHERE z.owner = o), 'UTC')
      FROM (VALUES (of_owner), ('operator')) whose (o)
  $$`;

/** Adds facts (negative measures take away) to all sums. In PL/pgSQL, which plans its statements once a session, not once a call. */
const add = `
  CREATE FUNCTION report_add(delta report_fact[]) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO report_day (zone, owner, kind, day, country, language, currency, queue_id, ${list})
      SELECT z.zone, d.owner, d.kind, (d.at AT TIME ZONE z.zone)::date AS day, d.country, d.language, d.currency,
             coalesce(d.queue_id, '00000000-0000-0000-0000-000000000000'), ${sums}
        FROM unnest(delta) d, report_zones(d.owner) z GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      ON CONFLICT (zone, kind, day, owner, country, language, currency, queue_id) DO UPDATE SET ${added('report_day')};
    INSERT INTO report_hour (owner, kind, hour, country, language, ${list})
      SELECT d.owner, d.kind, date_trunc('hour', d.at), d.country, d.language, ${sums}
        FROM unnest(delta) d WHERE d.kind IN ('queue', 'call', 'received') GROUP BY 1, 2, 3, 4, 5
      ON CONFLICT (kind, hour, owner, country, language) DO UPDATE SET ${added('report_hour')};
    INSERT INTO report_agent_day (zone, owner, agent_id, day, ${list})
      SELECT z.zone, d.owner, d.agent_id, (d.at AT TIME ZONE z.zone)::date, ${sums}
        FROM unnest(delta) d, report_zones(d.owner) z WHERE d.kind = 'queue' AND d.agent_id IS NOT NULL GROUP BY 1, 2, 3, 4
      ON CONFLICT (zone, owner, day, agent_id) DO UPDATE SET ${added('report_agent_day')};
  END $$`;

/**
 * Takes facts as they are now: new ones, and changed ones, of which the sums then hold the difference. One transaction at a time, so that
 * nobody counts what another one is just changing; told twice is told once.
 */
const put = `
  CREATE FUNCTION report_put(told report_fact[]) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    before report_fact[];
    after report_fact[];
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('reports', 0));
    SELECT array_agg(f) INTO after FROM (
      SELECT DISTINCT ON (t.kind, t.id, t.owner) t.* FROM unnest(told) t
       WHERE NOT EXISTS (SELECT FROM report_fact known WHERE known.kind = t.kind AND known.id = t.id AND known.owner = t.owner AND known = t)
       ORDER BY t.kind, t.id, t.owner) f;
    IF after IS NULL THEN RETURN 0; END IF;
    SELECT array_agg(f) INTO before FROM (
      SELECT known.kind, known.id, known.owner, known.at, known.country, known.language, known.currency, known.queue_id, known.agent_id, ${MEASURES.map((name) => `-known.${name}`).join(', ')}
        FROM report_fact known JOIN unnest(after) t USING (kind, id, owner)) f;
    INSERT INTO report_fact SELECT * FROM unnest(after)
      ON CONFLICT (kind, id, owner) DO UPDATE SET (at, country, language, currency, queue_id, agent_id, ${list}) =
        (excluded.at, excluded.country, excluded.language, excluded.currency, excluded.queue_id, excluded.agent_id, ${MEASURES.map((name) => `excluded.${name}`).join(', ')});
    PERFORM report_add(coalesce(before, '{}') || after);
    RETURN cardinality(after);
  END $$`;
