import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who changed what. Triggers write the entries, in the transaction of the change itself, wherever the setting `anydial.audit` says
 * on whose behalf it runs (every changing request sets it: `infra/db/mark.ts`); without it they cost a look at a setting.
 * `audit_watch()` puts the triggers on every table, also on those that later migrations make: `migrate` calls it at its end.
 */
export class Audit1767700001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
        account_id uuid,
        acting_by text NOT NULL CHECK (acting_by IN ('session', 'api-key', 'nobody')),
        credential_id uuid,
        on_behalf_of uuid,
        policy text NOT NULL,
        action text NOT NULL,
        source text NOT NULL,
        request_id uuid NOT NULL,
        target_kind text NOT NULL,
        target_id text NOT NULL,
        change text NOT NULL CHECK (change IN ('made', 'changed', 'removed', 'asked')),
        before jsonb,
        after jsonb
      )`);
    await db.query('CREATE INDEX audit_entry_target ON audit_entry (target_kind, target_id, id)');
    await db.query('CREATE INDEX audit_entry_account ON audit_entry (account_id, id)');
    await db.query(
      'CREATE INDEX audit_entry_behalf ON audit_entry (on_behalf_of, id) WHERE on_behalf_of IS NOT NULL',
    );
    await db.query('CREATE INDEX audit_entry_request ON audit_entry (request_id)');
    await db.query('CREATE INDEX audit_entry_at ON audit_entry (at)');
    await appendOnly(db);
    await db.query(`
      CREATE TABLE audit_rule (
        name text PRIMARY KEY,
        mode text NOT NULL CHECK (mode IN ('open', 'personal', 'none')),
        bulk boolean NOT NULL DEFAULT false,
        shown text[] NOT NULL DEFAULT '{}',
        why text NOT NULL
      )`);
    await what(db);
    await writers(db);
    await watch(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DO $$ DECLARE found record; BEGIN
        FOR found IN SELECT tgrelid::regclass AS name, tgname FROM pg_trigger WHERE tgname ~ '^audit_(row|bulk)' LOOP
          EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.name);
        END LOOP;
      END $$`);
    await db.query('DROP TABLE audit_entry, audit_rule');
    await db.query(
      'DROP FUNCTION audit_watch, audit_row, audit_bulk, audit_write, audit_target, audit_shown, audit_is_append_only',
    );
  }
}

/** The privileges hold for the application's role too, though it made the table; the trigger also for whoever has more. */
async function appendOnly(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'audit_entry is append-only: no %', TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END $$`);
  await db.query(`
    CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()`);
  await db.query('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM CURRENT_ROLE, PUBLIC');
}

/**
 * A row as the log shows it. What opens something is never shown, in any table; in a table with personal data (and in one that
 * nobody has said anything about) no text is, but for the columns named here and in the table's rule. That it changed is shown.
 */
async function what(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION audit_shown(line jsonb, mode text, shown text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
      SELECT jsonb_object_agg(key, CASE
        WHEN value = 'null' THEN value
        WHEN key ~ '(hash|digest|secret|passwo|token|sealed|^pin|_pin|p256dh|^auth$|challenge|signature|_key$|credential)'
          AND NOT key = ANY (shown) THEN '"(not shown)"'
        WHEN mode = 'personal' AND jsonb_typeof(value) NOT IN ('boolean', 'number')
          AND NOT value #>> '{}' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
          AND NOT key ~ '(^|_)(id|at|on|state|status|kind|roles?|currency|country|language|region|policy|until|from)$'
          AND NOT key = ANY (shown) THEN '"(not shown)"'
        WHEN length(value::text) > 4000 THEN to_jsonb(format('(%s characters)', length(value::text)))
        ELSE value END)
      FROM jsonb_each(line)
    $$`);
}

async function writers(db: QueryRunner): Promise<void> {
  // A key may itself be a telephone number or an address.
  await db.query(`
    CREATE FUNCTION audit_target(line jsonb, key text[], mode text, shown text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
      SELECT coalesce(string_agg(audit_shown(line, mode, shown) ->> part, ':' ORDER BY place), '')
        FROM unnest(key) WITH ORDINALITY AS parts (part, place)
    $$`);
  await db.query(`
    CREATE FUNCTION audit_write(kind text, id text, mode text, shown text[], old_row jsonb, new_row jsonb)
    RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      who jsonb := current_setting('anydial.audit')::jsonb;
      was jsonb := old_row;
      became jsonb := new_row;
    BEGIN
      IF old_row IS NOT NULL AND new_row IS NOT NULL THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key) INTO was, became
          FROM jsonb_each(old_row) o WHERE o.value IS DISTINCT FROM new_row -> o.key;
        IF was IS NULL THEN RETURN; END IF;
      END IF;
      INSERT INTO audit_entry (account_id, acting_by, credential_id, on_behalf_of, policy, action, source, request_id,
                               target_kind, target_id, change, before, after)
      VALUES ((who ->> 'account')::uuid, who ->> 'by', (who ->> 'credential')::uuid, (who ->> 'behalf')::uuid, who ->> 'policy',
              who ->> 'action', who ->> 'source', (who ->> 'request')::uuid, kind, id,
              CASE WHEN old_row IS NULL THEN 'made' WHEN new_row IS NULL THEN 'removed' ELSE 'changed' END,
              audit_shown(was, mode, shown), audit_shown(became, mode, shown));
    END $$`);
  // Arguments of both: the columns of the primary key, the mode, the columns that are shown; each list as {a,b}.
  await db.query(`
    CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
      became jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
      id text := audit_target(coalesce(became, was), TG_ARGV[0]::text[], TG_ARGV[1], TG_ARGV[2]::text[]);
    BEGIN
      PERFORM audit_write(TG_TABLE_NAME, id, TG_ARGV[1], TG_ARGV[2]::text[], was, became);
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE FUNCTION audit_bulk() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      rows bigint := 0;
      one record;
      key text[] := TG_ARGV[0]::text[];
    BEGIN
      IF TG_OP = 'DELETE' THEN SELECT count(*) INTO rows FROM old_rows; ELSE SELECT count(*) INTO rows FROM new_rows; END IF;
      IF rows > 50 THEN
        PERFORM audit_write(TG_TABLE_NAME, '*', 'open', '{}',
          CASE WHEN TG_OP <> 'INSERT' THEN jsonb_build_object('rows', rows, 'which', 'before') END,
          CASE WHEN TG_OP <> 'DELETE' THEN jsonb_build_object('rows', rows, 'which', 'after') END);
        RETURN NULL;
      END IF;
      FOR one IN EXECUTE CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT NULL::jsonb AS was, to_jsonb(n) AS became FROM new_rows n'
        WHEN 'DELETE' THEN 'SELECT to_jsonb(o) AS was, NULL::jsonb AS became FROM old_rows o'
        ELSE format('SELECT to_jsonb(o) AS was, to_jsonb(n) AS became FROM old_rows o JOIN new_rows n USING (%s)',
                    (SELECT string_agg(quote_ident(part), ', ') FROM unnest(key) part)) END
      LOOP
        PERFORM audit_write(TG_TABLE_NAME,
          audit_target(coalesce(one.became, one.was), key, TG_ARGV[1], TG_ARGV[2]::text[]),
          TG_ARGV[1], TG_ARGV[2]::text[], one.was, one.became);
      END LOOP;
      RETURN NULL;
    END $$`);
}

/** Many rows in one statement are one entry where the rule says bulk: a price list of 100,000 lines is one change. */
async function watch(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE FUNCTION audit_watch() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      one record;
      args text;
      marked constant text := $when$WHEN (current_setting('anydial.audit', true) <> '')$when$;
    BEGIN
      FOR one IN
        SELECT c.oid::regclass AS name, coalesce(r.mode, 'personal') AS mode, coalesce(r.shown, '{}') AS shown, coalesce(r.bulk, false) AS bulk,
               (SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                 WHERE i.indrelid = c.oid AND i.indisprimary) AS key
          FROM pg_class c LEFT JOIN audit_rule r ON r.name = c.relname
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
           AND c.relname NOT IN ('audit_entry', 'audit_rule', 'schema_migration')
      LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audit_row ON %s', one.name);
        FOR args IN SELECT tgname FROM pg_trigger WHERE tgrelid = one.name::regclass AND tgname ~ '^audit_bulk' LOOP
          EXECUTE format('DROP TRIGGER %I ON %s', args, one.name);
        END LOOP;
        CONTINUE WHEN one.mode = 'none';
        args := format('(%L, %L, %L)', coalesce(one.key, '{}')::text, one.mode, one.shown::text);
        IF one.bulk AND one.key IS NOT NULL THEN
          EXECUTE format('CREATE TRIGGER audit_bulk_made AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT %s EXECUTE FUNCTION audit_bulk%s', one.name, marked, args);
          EXECUTE format('CREATE TRIGGER audit_bulk_changed AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT %s EXECUTE FUNCTION audit_bulk%s', one.name, marked, args);
          EXECUTE format('CREATE TRIGGER audit_bulk_removed AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
            FOR EACH STATEMENT %s EXECUTE FUNCTION audit_bulk%s', one.name, marked, args);
        ELSE
          EXECUTE format('CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %s
            FOR EACH ROW %s EXECUTE FUNCTION audit_row%s', one.name, marked, args);
        END IF;
      END LOOP;
    END $$`);
}
