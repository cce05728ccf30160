import type { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { type CsvFailure, type RecordFile } from '../../kernel/csv-file.js';
import { type Currency, formatAmount, money } from '../../kernel/money.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { type Words, wordsIn } from '../languages.js';
import { countryUnknown } from '../sales.failures.js';
import { stockOf } from './stock.service.js';

export interface GoodsEdit {
  readonly id: string;
  readonly kind: 'phone' | 'ata' | 'card';
  readonly title: Words;
  readonly body: Words;
  readonly vendor: string | null;
  readonly onSale: boolean;
  readonly prices: readonly { readonly country: string; readonly currency: string; readonly price: bigint }[];
}

/** Enters goods or changes them; orders keep the price that they were made at. */
export async function putGoods(tx: Sql, goods: GoodsEdit): Promise<Result<undefined, Failure>> {
  await tx.run(
    `INSERT INTO goods (id, kind, title, body, vendor, on_sale) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, body = excluded.body,
       vendor = excluded.vendor, on_sale = excluded.on_sale`,
    [goods.id, goods.kind, goods.title, goods.body, goods.vendor, goods.onSale],
  );
  await tx.run('DELETE FROM goods_price WHERE goods_id = $1', [goods.id]);
  for (const { country, currency, price } of goods.prices) {
    const [sold] = await tx.rows('SELECT FROM shop_country WHERE country = $1', [country]);
    if (sold === undefined) return err(countryUnknown(country));
    await tx.run(
      'INSERT INTO goods_price (goods_id, country, currency, price_micros) VALUES ($1, $2, $3, $4)',
      [goods.id, country, currency, price],
    );
  }
  return ok(undefined);
}

const FEW = 5;
const MOST_AN_ORDER = 10;

/** What is sold in a country (or anywhere), in the order of ids, after one when given. */
export async function listGoods(
  sql: Sql,
  {
    country,
    language,
    after,
    limit,
  }: {
    readonly country: string;
    readonly language: string;
    readonly after: string | undefined;
    readonly limit: number;
  },
) {
  const rows = await sql.rows<{
    id: string;
    kind: GoodsEdit['kind'];
    title: Words;
    body: Words;
    micros: string;
    currency: Currency;
  }>(
    `SELECT g.id, g.kind, g.title, g.body, p.price_micros AS micros, p.currency
       FROM goods g JOIN goods_price p ON p.goods_id = g.id AND p.country = $1
      WHERE g.on_sale AND ($2::text IS NULL OR g.id > $2) ORDER BY g.id LIMIT $3`,
    [country, after ?? null, limit],
  );
  const stock = await stockOf(
    sql,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, kind, title, body, micros, currency }) => {
    const left = stock.get(id) ?? 0;
    return {
      id,
      kind,
      title: wordsIn(title, language),
      text: wordsIn(body, language),
      country,
      currency,
      price: formatAmount(money(BigInt(micros), currency)),
      stock: left === 0 ? ('sold-out' as const) : left < FEW ? ('few' as const) : ('in-stock' as const),
      most: Math.min(left, MOST_AN_ORDER),
    };
  });
}

export interface Intake {
  readonly added: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

const SERIAL = /^[0-9a-z]{4,40}$/;
const MAC = /^[0-9a-f]{12}$/;
const MOST_REFUSED = 1_000;

/**
 * Takes a delivery in: `goods,serial`, a piece a line. A telephone's or adapter's serial is its MAC. A piece that is in the books
 * already is refused, unless it came back from a buyer: then it is in stock again.
 */
export async function takeStockIn(db: Pick<Db, 'inTx'>, file: RecordFile): Promise<Result<Intake, Failure>> {
  const read = await readPieces(file);
  return read.ok ? db.inTx((tx) => addPieces(tx, read.value)) : read;
}

async function addPieces(tx: Tx, pieces: readonly PieceLine[]): Promise<Result<Intake, Failure>> {
  const kinds = new Map(
    (await tx.rows<{ id: string; kind: string }>('SELECT id, kind FROM goods')).map(({ id, kind }) => [
      id,
      kind,
    ]),
  );
  let added = 0;
  const refused: { line: number; reason: string }[] = [];
  for (const { goods, serial, line } of pieces) {
    const reason = refusalOf(kinds.get(goods), serial) ?? (await addPiece(tx, goods, serial));
    if (reason === undefined) added++;
    else refused.push({ line, reason });
    if (refused.length > MOST_REFUSED) return err(tooManyRefused());
  }
  return ok({ added, refused });
}

interface PieceLine {
  readonly goods: string;
  readonly serial: string;
  readonly line: number;
}
const MOST_PIECES = 20_000;

/** The whole file, before anything is written: an upload may take its time. */
async function readPieces(file: RecordFile): Promise<Result<readonly PieceLine[], Failure>> {
  const pieces: PieceLine[] = [];
  let header: readonly string[] | undefined;
  for await (const records of file.batches()) {
    if (!records.ok) return err(unreadable(records.failure));
    for (const { fields, line } of records.value) {
      if (header === undefined) {
        header = fields.map((name) => name.trim().toLowerCase());
        if (!header.includes('goods') || !header.includes('serial')) return err(noHeader());
        continue;
      }
      const goods = fields[header.indexOf('goods')]?.trim() ?? '';
      const serial = (fields[header.indexOf('serial')] ?? '').toLowerCase().replace(/[\s:.-]/g, '');
      pieces.push({ goods, serial, line });
      if (pieces.length > MOST_PIECES) return err(tooLong());
    }
  }
  return ok(pieces);
}

const tooLong = () =>
  failure('stock-file.too-large', `The file has more than ${MOST_PIECES} lines; nothing was taken in.`, {
    hint: 'split it',
  });

function refusalOf(kind: string | undefined, serial: string): string | undefined {
  if (kind === undefined) return 'there are no such goods';
  if (kind === 'card') return SERIAL.test(serial) ? undefined : 'a serial has 4 to 40 letters and digits';
  return MAC.test(serial) ? undefined : 'a MAC address has 12 hexadecimal digits';
}

async function addPiece(tx: Tx, goods: string, serial: string): Promise<string | undefined> {
  const added = await tx.run(
    `INSERT INTO goods_piece AS p (serial, goods_id) VALUES ($1, $2)
     ON CONFLICT (serial) DO UPDATE SET order_id = NULL, sold_at = NULL, returned_at = NULL, taken_in_at = now()
      WHERE p.returned_at IS NOT NULL AND p.goods_id = excluded.goods_id`,
    [serial, goods],
  );
  return added === 1 ? undefined : 'this piece is in the books already';
}

const noHeader = () =>
  failure('stock-file.malformed', 'The first line must name the columns goods and serial.', {
    hint: 'for example: goods,serial',
  });
const unreadable = ({ message }: CsvFailure) =>
  failure('stock-file.malformed', `The file cannot be read: ${message}`, { hint: 'send CSV in UTF-8' });
const tooManyRefused = () =>
  failure('stock-file.invalid', 'More than 1,000 lines were refused; nothing was taken in.', {
    hint: 'check whether it is the right file',
  });
