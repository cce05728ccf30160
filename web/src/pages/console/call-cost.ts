/** By what a call that goes on is priced: micro-units of `currency`, as the server tells them. */
export interface PriceNow {
  readonly currency: string;
  readonly destination: string;
  readonly connectFee: string;
  readonly perMinute: string;
  readonly firstMs: number;
  readonly nextMs: number;
  readonly minimumMs: number;
  readonly freeMs: number;
}

const MICROS = 1_000_000n;
const MS_PER_MINUTE = 60_000n;

/** What was talked so far, in whole increments as on the bill, as decimal text. */
export function costSoFar(price: PriceNow, talkedMs: number): string {
  const charged = talkedMs - price.freeMs;
  if (talkedMs <= 0 || charged <= 0) return '0';
  const beyond = Math.max(charged, price.minimumMs) - price.firstMs;
  const further = Math.max(0, Math.ceil(beyond / price.nextMs));
  const ms = BigInt(price.firstMs + further * price.nextMs);
  const micros =
    BigInt(price.connectFee) + (BigInt(price.perMinute) * ms + MS_PER_MINUTE / 2n) / MS_PER_MINUTE;
  return `${micros / MICROS}.${String(micros % MICROS)
    .padStart(6, '0')
    .slice(0, 4)}`;
}
