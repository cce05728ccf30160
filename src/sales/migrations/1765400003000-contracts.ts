import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers after their sale: their terms, and how one passes to another owner. */
export class Contracts1765400003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // paid_through: the first day that is not paid (yearly ones); subscription_id: billing's monthly fee.
    await db.query(`
      CREATE TABLE number_contract (
        id uuid PRIMARY KEY,
        order_id uuid NOT NULL REFERENCES shop_order (id),
        key text NOT NULL,
        holder_id uuid NOT NULL,
        owner_id uuid NOT NULL,
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        state text NOT NULL,
        bill_interval text NOT NULL CHECK (bill_interval IN ('month', 'year')),
        fee_micros bigint NOT NULL CHECK (fee_micros > 0),
        currency char(3) NOT NULL,
        subscription_id uuid REFERENCES subscription (id),
        started_on date NOT NULL,
        paid_through date NOT NULL,
        ends_on date,
        reason text,
        version integer NOT NULL DEFAULT 1
      )`);
    await db.query(
      `CREATE UNIQUE INDEX number_contract_key ON number_contract (key) WHERE state IN ('active', 'ending', 'overdue')`,
    );
    await db.query('CREATE INDEX number_contract_holder ON number_contract (holder_id, id)');
    await db.query('CREATE INDEX number_contract_owner ON number_contract (owner_id, id)');
    await db.query(
      `CREATE INDEX number_contract_due ON number_contract (paid_through)
        WHERE state IN ('active', 'overdue') AND bill_interval = 'year'`,
    );
    await db.query(`CREATE INDEX number_contract_ends ON number_contract (ends_on) WHERE state = 'ending'`);
    await db.query(`
      CREATE TABLE contract_move (
        contract_id uuid NOT NULL REFERENCES number_contract (id),
        version integer NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        event text NOT NULL,
        from_state text NOT NULL,
        to_state text NOT NULL,
        moved_by text NOT NULL,
        reason text,
        PRIMARY KEY (contract_id, version)
      )`);
    await db.query(`
      CREATE TRIGGER contract_move_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract_move
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
    await db.query(`
      CREATE TABLE number_transfer (
        id uuid PRIMARY KEY,
        contract_id uuid NOT NULL REFERENCES number_contract (id),
        from_account uuid NOT NULL,
        to_account uuid NOT NULL CHECK (to_account <> from_account),
        state text NOT NULL DEFAULT 'offered' CHECK (state IN ('offered', 'done', 'refused', 'expired')),
        reason text NOT NULL,
        answer text,
        new_contract_id uuid REFERENCES number_contract (id),
        until timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query(
      `CREATE UNIQUE INDEX number_transfer_open ON number_transfer (contract_id) WHERE state = 'offered'`,
    );
    await db.query('CREATE INDEX number_transfer_from ON number_transfer (from_account, id)');
    await db.query('CREATE INDEX number_transfer_to ON number_transfer (to_account, id)');
    await db.query(`CREATE INDEX number_transfer_due ON number_transfer (until) WHERE state = 'offered'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE number_transfer, contract_move, number_contract');
  }
}
