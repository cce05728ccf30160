import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who bought for a company and left it hears nothing more of its orders: they are told to the company alone once it is registered. */
export class OrdersTold1767200004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(told(BUYERS));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(told(`jsonb_build_array(jsonb_build_object('topic', 'orders', 'key', o.buyer_id))`));
  }
}

/** As the list of one's orders has them (`order-lists.ts`). */
const BUYERS = `CASE WHEN o.holder_kind = 'person' OR NOT EXISTS (SELECT FROM member m WHERE m.id = o.holder_id)
       THEN jsonb_build_array(jsonb_build_object('topic', 'orders', 'key', o.buyer_id)) ELSE '[]'::jsonb END`;

const told = (buyer: string): string => `
  CREATE OR REPLACE FUNCTION order_move_told() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('page_event', jsonb_build_object(
              'at', ${buyer} || jsonb_build_array(jsonb_build_object('topic', 'orders', 'key', o.holder_id),
                                                  jsonb_build_object('topic', 'shop-orders', 'key', o.id)),
              'type', 'order.moved',
              'data', jsonb_build_object('orderId', o.id, 'state', NEW.to_state, 'event', NEW.event))::text)
      FROM shop_order o WHERE o.id = NEW.order_id;
    RETURN NULL;
  END $$`;
