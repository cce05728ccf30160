import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sold and by which rules: products and prices, texts in several languages, approval rules, numbers set apart. */
export class Catalogue1765400001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await texts(db);
    await products(db);
    await rules(db);
    await numbersSetApart(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE number_claim, reserved_number, approval_rule, shop_setting, number_price, number_product, shop_country, shop_text',
    );
  }
}

/** {"en": "…", "ko": "…"}; English must be there. */
const words = (column: string) =>
  `${column} jsonb NOT NULL CHECK (jsonb_typeof(${column} -> 'en') = 'string')`;
const price = (column: string) => `${column} bigint NOT NULL CHECK (${column} >= 0)`;

async function texts(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE shop_text (
      id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
      position integer NOT NULL,
      ${words('title')},
      ${words('body')}
    )`);
}

async function products(db: QueryRunner): Promise<void> {
  // Which of our companies sells in a country, and at which deck's prices its new members' calls are charged.
  await db.query(`
    CREATE TABLE shop_country (
      country char(2) PRIMARY KEY CHECK (country ~ '^[A-Z]{2}$'),
      seller_id text NOT NULL REFERENCES seller (id),
      deck_id text REFERENCES rate_deck (id)
    )`);
  await db.query(`
    CREATE TABLE number_product (
      id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
      country char(2) NOT NULL REFERENCES shop_country (country),
      kind text NOT NULL CHECK (kind IN ('person', 'company')),
      form text NOT NULL CHECK (form IN ('own-telephone', 'identification', 'company')),
      ${words('title')},
      ${words('body')},
      currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
      branch_setup_micros bigint CHECK (branch_setup_micros >= 0),
      branch_monthly_micros bigint CHECK (branch_monthly_micros >= 0),
      branch_yearly_micros bigint CHECK (branch_yearly_micros >= 0),
      on_sale boolean NOT NULL DEFAULT true,
      CHECK ((kind = 'company') = (form = 'company')),
      CHECK ((form = 'company') = (branch_setup_micros IS NOT NULL)),
      CHECK (num_nulls(branch_setup_micros, branch_monthly_micros, branch_yearly_micros) IN (0, 3))
    )`);
  await db.query('CREATE INDEX number_product_country ON number_product (country)');
  await db.query(`
    CREATE TABLE number_price (
      product_id text NOT NULL REFERENCES number_product (id) ON DELETE CASCADE,
      tier text NOT NULL CHECK (tier IN ('plain', 'fine', 'premium')),
      ${price('setup_micros')},
      monthly_micros bigint NOT NULL CHECK (monthly_micros > 0),
      yearly_micros bigint NOT NULL CHECK (yearly_micros > 0),
      PRIMARY KEY (product_id, tier)
    )`);
}

async function rules(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE shop_setting (
      name text PRIMARY KEY,
      value jsonb NOT NULL
    )`);
  // NULL fits anything. In the order of position; the first that fits decides, none: an operator.
  await db.query(`
    CREATE TABLE approval_rule (
      position integer PRIMARY KEY CHECK (position BETWEEN 1 AND 10000),
      decision text NOT NULL CHECK (decision IN ('approve', 'operator', 'reject')),
      kind text CHECK (kind IN ('person', 'company')),
      form text CHECK (form IN ('own-telephone', 'identification', 'company')),
      tier text CHECK (tier IN ('plain', 'fine', 'premium')),
      proved boolean,
      known_holder boolean,
      most_numbers integer CHECK (most_numbers >= 0),
      least_digits integer CHECK (least_digits BETWEEN 3 AND 17),
      reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300)
    )`);
  await db.query(`
    INSERT INTO approval_rule (position, decision, kind, tier, proved, known_holder, most_numbers, reason) VALUES
      (10, 'operator', NULL, 'premium', NULL, NULL, NULL, 'short and very easy numbers are looked at by a person'),
      (20, 'approve', 'person', NULL, true, NULL, 2, 'a person with a proved telephone and fewer than 3 numbers'),
      (30, 'approve', 'company', NULL, NULL, true, 20, 'a company that is our customer already')`);
}

async function numbersSetApart(db: QueryRunner): Promise<void> {
  // pattern: digits of NUMBER or AREA-NUMBER, * at its end for any that go on.
  await db.query(`
    CREATE TABLE reserved_number (
      id uuid PRIMARY KEY,
      pattern text NOT NULL UNIQUE CHECK (pattern ~ '^[0-9]{1,17}\\*?$'),
      reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
  // Who takes a key has it: an order that holds or owns it (until: when the hold runs out, infinity once paid), or
  // nobody while a number that was given back rests. key: as in number_assignment.
  await db.query(`
    CREATE TABLE number_claim (
      key text PRIMARY KEY CHECK (key ~ '^[0-9]{4,32}$|^[0-9]{3,12}#$'),
      kind text NOT NULL CHECK (kind IN ('held', 'quarantine')),
      order_id uuid,
      until timestamptz NOT NULL,
      reason text,
      CHECK ((kind = 'held') = (order_id IS NOT NULL))
    )`);
  await db.query('CREATE INDEX number_claim_order ON number_claim (order_id) WHERE order_id IS NOT NULL');
  await db.query('CREATE INDEX number_claim_until ON number_claim (until)');
}
