import { z } from 'zod';
import type { Sql } from '../infra/db/sql.js';

const minutes = z
  .number()
  .int()
  .min(1)
  .max(60 * 24 * 90);
const days = z.number().int().min(0).max(3650);

/** How long things may take. `shop_setting`: name and value; what has no row is as here. */
export const shopSettings = z.object({
  quoteMinutes: minutes.default(30),
  holdMinutes: minutes.default(20),
  /** From the request form on, until the telephone is proved. */
  proofMinutes: minutes.default(72 * 60),
  /** An operator's time to decide. */
  approvalMinutes: minutes.default(14 * 24 * 60),
  /** The buyer's time to select finally, and to pay. */
  selectMinutes: minutes.default(72 * 60),
  payMinutes: minutes.default(30),
  /** A number that was given back rests, so that calls for the one before do not ring the next. */
  quarantineDays: days.default(180),
  /** From a fee that was missed: until the number is out of service, and until it is given up. */
  graceDays: days.default(14),
  overdueDays: days.default(30),
  returnDays: days.default(14),
  transferDays: days.default(7),
  /** Orders of one account that are quoted and wait, and those that keep numbers or goods from others without being paid. */
  mostQuotes: z.number().int().min(1).max(10_000).default(50),
  mostHolds: z.number().int().min(1).max(10_000).default(10),
});
export type ShopSettings = z.output<typeof shopSettings>;

export async function settingsOf(sql: Sql): Promise<ShopSettings> {
  const rows = await sql.rows<{ name: string; value: unknown }>('SELECT name, value FROM shop_setting');
  return shopSettings.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
}

export async function setSetting(sql: Sql, name: keyof ShopSettings, value: number): Promise<void> {
  await sql.run(
    `INSERT INTO shop_setting (name, value) VALUES ($1, $2::jsonb)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [name, JSON.stringify(value)],
  );
}
