import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders of numbers and of goods, each move of them, and what was paid. */
export class Orders1765400002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await orders(db);
    await moves(db);
    await payments(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE order_payment, order_move, number_order, shop_order, shop_holder');
    await db.query('DROP FUNCTION order_move_told');
  }
}

async function orders(db: QueryRunner): Promise<void> {
  // buyer_id: the account that ordered. holder_id: the member whose number it becomes and who pays; it may not be
  // there yet: then it is registered under this id. until: when the order expires unless something is done.
  await db.query(`
    CREATE TABLE shop_order (
      id uuid PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('number', 'goods')),
      state text NOT NULL,
      is_open boolean NOT NULL DEFAULT true,
      buyer_id uuid NOT NULL,
      holder_id uuid NOT NULL,
      holder_kind text NOT NULL CHECK (holder_kind IN ('person', 'company')),
      country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
      language text NOT NULL CHECK (language IN ('en', 'ko', 'ja')),
      seller_id text NOT NULL REFERENCES seller (id),
      currency char(3) NOT NULL,
      net_micros bigint NOT NULL CHECK (net_micros >= 0),
      tax_micros bigint NOT NULL CHECK (tax_micros >= 0),
      total_micros bigint NOT NULL,
      price_lines jsonb NOT NULL,
      tax jsonb NOT NULL,
      billing jsonb NOT NULL,
      until timestamptz,
      reason text,
      version integer NOT NULL DEFAULT 1,
      state_since timestamptz NOT NULL DEFAULT now(),
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK (total_micros = net_micros + tax_micros)
    )`);
  // Who has no member yet is registered under this id: all his first orders are for the same one.
  await db.query(`
    CREATE TABLE shop_holder (
      account_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('person', 'company')),
      holder_id uuid NOT NULL UNIQUE,
      PRIMARY KEY (account_id, kind)
    )`);
  await db.query('CREATE INDEX shop_order_buyer ON shop_order (buyer_id, id)');
  await db.query('CREATE INDEX shop_order_holder ON shop_order (holder_id, id)');
  await db.query('CREATE INDEX shop_order_state ON shop_order (state, id)');
  await db.query('CREATE INDEX shop_order_due ON shop_order (until) WHERE is_open AND until IS NOT NULL');
  await db.query(`
    CREATE TABLE number_order (
      order_id uuid PRIMARY KEY REFERENCES shop_order (id),
      product_id text NOT NULL REFERENCES number_product (id),
      number jsonb NOT NULL,
      key text NOT NULL,
      display text NOT NULL,
      region char(2) NOT NULL,
      countries text[] NOT NULL,
      bill_interval text NOT NULL CHECK (bill_interval IN ('month', 'year')),
      tier text NOT NULL,
      recurring_micros bigint NOT NULL CHECK (recurring_micros > 0),
      warnings jsonb NOT NULL DEFAULT '[]',
      telephone text,
      proved boolean NOT NULL DEFAULT false,
      application jsonb
    )`);
  await db.query('CREATE INDEX number_order_key ON number_order (key)');
  await db.query(
    'CREATE INDEX number_order_telephone ON number_order (telephone) WHERE telephone IS NOT NULL',
  );
}

async function moves(db: QueryRunner): Promise<void> {
  // The audit trail, append-only: who moved the order when, and why. Every move is told to whoever watches.
  await db.query(`
    CREATE TABLE order_move (
      order_id uuid NOT NULL REFERENCES shop_order (id),
      version integer NOT NULL,
      at timestamptz NOT NULL DEFAULT now(),
      event text NOT NULL,
      from_state text NOT NULL,
      to_state text NOT NULL,
      moved_by text NOT NULL,
      reason text,
      PRIMARY KEY (order_id, version)
    )`);
  await db.query(`
    CREATE TRIGGER order_move_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_move
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()`);
  await db.query(`
    CREATE FUNCTION order_move_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('page_event', jsonb_build_object(
                'at', jsonb_build_array(jsonb_build_object('topic', 'orders', 'key', o.buyer_id),
                                        jsonb_build_object('topic', 'orders', 'key', o.holder_id),
                                        jsonb_build_object('topic', 'shop-orders', 'key', o.id)),
                'type', 'order.moved',
                'data', jsonb_build_object('orderId', o.id, 'state', NEW.to_state, 'event', NEW.event))::text)
        FROM shop_order o WHERE o.id = NEW.order_id;
      RETURN NULL;
    END $$`);
  await db.query(`
    CREATE TRIGGER order_move_told AFTER INSERT ON order_move FOR EACH ROW EXECUTE FUNCTION order_move_told()`);
}

async function payments(db: QueryRunner): Promise<void> {
  // id: also the hold's. asked -> held (set aside on the payer's account) -> captured, or released; direct ones are
  // failed when the provider says no, credited when the money came too late and stays on the account.
  await db.query(`
    CREATE TABLE order_payment (
      id uuid PRIMARY KEY,
      order_id uuid NOT NULL REFERENCES shop_order (id),
      method text NOT NULL CHECK (method IN ('wallet', 'direct')),
      account_id bigint NOT NULL REFERENCES ledger_account (id),
      amount_micros bigint NOT NULL CHECK (amount_micros > 0),
      state text NOT NULL CHECK (state IN
        ('asked', 'held', 'captured', 'released', 'failed', 'credited', 'refunding', 'refunded')),
      top_up_id uuid UNIQUE REFERENCES top_up (id),
      refund_id uuid UNIQUE,
      detail text,
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK (method = 'direct' OR top_up_id IS NULL)
    )`);
  await db.query('CREATE INDEX order_payment_order ON order_payment (order_id, id)');
  await db.query(
    `CREATE UNIQUE INDEX order_paid_once ON order_payment (order_id) WHERE state IN ('held', 'captured')`,
  );
}
