import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Access1764000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_account (
        id            uuid CONSTRAINT user_account_pkey PRIMARY KEY,
        email         text NOT NULL CONSTRAINT user_account_email_key UNIQUE,
        password_hash text NOT NULL,
        roles         text[] NOT NULL,
        company_id    uuid,
        created_at    timestamptz NOT NULL DEFAULT now(),
        disabled_at   timestamptz,
        CONSTRAINT user_account_email_lower CHECK (email = lower(email))
      )`);
    // Tokens and keys are long random strings: a plain SHA-256 of them can't be guessed backwards, and is quick to look up.
    await runner.query(`
      CREATE TABLE user_session (
        id         uuid PRIMARY KEY,
        token_hash bytea NOT NULL UNIQUE,
        account_id uuid NOT NULL REFERENCES user_account ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX user_session_account ON user_session (account_id)');
    await runner.query('CREATE INDEX user_session_expiry ON user_session (expires_at)');
    await runner.query(`
      CREATE TABLE api_key (
        id           uuid CONSTRAINT api_key_pkey PRIMARY KEY,
        account_id   uuid NOT NULL CONSTRAINT api_key_account_id_fkey REFERENCES user_account ON DELETE CASCADE,
        name         text NOT NULL,
        prefix       text NOT NULL,
        key_hash     bytea NOT NULL CONSTRAINT api_key_key_hash_key UNIQUE,
        roles        text[] NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now(),
        expires_at   timestamptz,
        last_used_at timestamptz
      )`);
    await runner.query('CREATE INDEX api_key_account ON api_key (account_id, id)');
    // A counted set: each attempt is a row, so that nothing drifts and parallel guesses all count.
    await runner.query(`
      CREATE TABLE sign_in_attempt (
        id         uuid PRIMARY KEY,
        email_hash bytea NOT NULL,
        source     text NOT NULL,
        at         timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email_hash, at)');
    await runner.query('CREATE INDEX sign_in_attempt_source ON sign_in_attempt (source, at)');
    await runner.query('CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at)');
    await runner.query(`
      CREATE TABLE idempotency_key (
        account_id    uuid NOT NULL REFERENCES user_account ON DELETE CASCADE,
        key           text NOT NULL,
        request_hash  bytea NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        status        smallint,
        sealed_answer bytea,
        PRIMARY KEY (account_id, key),
        CHECK ((status IS NULL) = (sealed_answer IS NULL))
      )`);
    await runner.query('CREATE INDEX idempotency_key_age ON idempotency_key (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_key', 'sign_in_attempt', 'api_key', 'user_session', 'user_account']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
