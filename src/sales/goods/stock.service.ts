import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';

/** Sets so many pieces aside for an order; false, when there are not so many. Orders at the same time take different ones. */
export async function takePieces(
  tx: Tx,
  orderId: string,
  { goods, count }: { readonly goods: string; readonly count: number },
): Promise<boolean> {
  const taken = await tx.run(
    `UPDATE goods_piece SET order_id = $1
      WHERE serial IN (SELECT serial FROM goods_piece WHERE goods_id = $2 AND order_id IS NULL
                        ORDER BY taken_in_at, serial LIMIT $3 FOR UPDATE SKIP LOCKED)`,
    [orderId, goods, count],
  );
  return taken === count;
}

/** Puts back what an order had set aside. */
export const releasePieces = (tx: Tx, orderId: string): Promise<number> =>
  tx.run('UPDATE goods_piece SET order_id = NULL, member_id = NULL, sold_at = NULL WHERE order_id = $1', [
    orderId,
  ]);

/** Pieces in stock by goods; those of which there are none are left out. */
export async function stockOf(sql: Sql, goods: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.rows<{ goods: string; count: string }>(
    `SELECT goods_id AS goods, count(*) AS count FROM goods_piece
      WHERE goods_id = ANY ($1) AND order_id IS NULL GROUP BY goods_id`,
    [goods],
  );
  return new Map(rows.map(({ goods: id, count }) => [id, Number(count)]));
}
