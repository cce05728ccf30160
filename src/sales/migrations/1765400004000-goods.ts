import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Telephones, adapters and cards: what there is, piece by piece, and where it goes. */
export class Goods1765400004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE goods (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
        kind text NOT NULL CHECK (kind IN ('phone', 'ata', 'card')),
        title jsonb NOT NULL CHECK (jsonb_typeof(title -> 'en') = 'string'),
        body jsonb NOT NULL CHECK (jsonb_typeof(body -> 'en') = 'string'),
        vendor text,
        on_sale boolean NOT NULL DEFAULT true
      )`);
    await db.query(`
      CREATE TABLE goods_price (
        goods_id text NOT NULL REFERENCES goods (id) ON DELETE CASCADE,
        country char(2) NOT NULL REFERENCES shop_country (country),
        currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        price_micros bigint NOT NULL CHECK (price_micros > 0),
        PRIMARY KEY (goods_id, country)
      )`);
    // A piece is in stock while no order has it. An order takes pieces with SKIP LOCKED: none is ever taken twice.
    // serial: a telephone's or adapter's MAC (12 hex digits), a card's own number.
    await db.query(`
      CREATE TABLE goods_piece (
        serial text PRIMARY KEY CHECK (serial ~ '^[0-9a-z]{4,40}$'),
        goods_id text NOT NULL REFERENCES goods (id),
        order_id uuid REFERENCES shop_order (id),
        member_id uuid,
        sold_at timestamptz,
        returned_at timestamptz,
        taken_in_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX goods_piece_stock ON goods_piece (goods_id) WHERE order_id IS NULL');
    await db.query('CREATE INDEX goods_piece_order ON goods_piece (order_id) WHERE order_id IS NOT NULL');
    await db.query('CREATE INDEX goods_piece_member ON goods_piece (member_id) WHERE member_id IS NOT NULL');
    await db.query(`
      CREATE TABLE goods_line (
        order_id uuid NOT NULL REFERENCES shop_order (id),
        goods_id text NOT NULL REFERENCES goods (id),
        count integer NOT NULL CHECK (count BETWEEN 1 AND 100),
        price_micros bigint NOT NULL,
        PRIMARY KEY (order_id, goods_id)
      )`);
    await db.query(`
      CREATE TABLE shipment (
        order_id uuid PRIMARY KEY REFERENCES shop_order (id),
        ship_to jsonb NOT NULL,
        carrier text,
        tracking text,
        shipped_at timestamptz,
        delivered_at timestamptz
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE shipment, goods_line, goods_piece, goods_price, goods');
  }
}
