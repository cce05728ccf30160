import type { Db } from '../../src/infra/db/db.js';
import type { Plan } from '../../src/numbering/index.js';
import { findProduct } from '../../src/sales/catalogue/products.service.js';
import { type PatternMode, readPattern } from '../../src/sales/domain/vanity.js';
import { readWanted } from '../../src/sales/domain/wanted.js';
import { alternativesTo, availabilityOf } from '../../src/sales/numbers/availability.service.js';
import { searchNumbers } from '../../src/sales/numbers/search.service.js';
import { usageOf } from '../calls/process-tree.js';
import { seeded } from '../rate/sample.js';

export interface ShopSample {
  readonly what: string;
  readonly sold: number;
  readonly sessions: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Numbers shown for each search. */
  readonly found: number;
  readonly cpuMs: { readonly ours: number; readonly postgres: number };
}
export interface Shop {
  readonly db: Db;
  readonly plan: Plan;
  readonly postgresPid: number;
}

const SECONDS = 4;
const PAGE = 20;

const PLAINLY = `
  SELECT n FROM generate_series(62000000, 62999999) AS n
   WHERE n::text LIKE $1 AND NOT EXISTS (SELECT FROM number_assignment a WHERE a.area_number = n::text)
   ORDER BY n LIMIT $2`;

type Question = (random: () => number) => Promise<number>;

/** The same questions at each size: a pattern, words, what a number contains, and one number. */
export async function questionsOf({ db, plan }: Shop): Promise<Readonly<Record<string, Question>>> {
  const found = await findProduct(db, 'vns-kr');
  if (!found.ok) throw new Error(found.failure.message);
  const product = found.value;
  const search = async (text: string, mode: PatternMode) => {
    const pattern = readPattern(text);
    if (!pattern.ok) throw new Error(pattern.failure.message);
    const wish = { product, pattern: pattern.value.digits, mode, length: 8, from: 0, limit: PAGE };
    return (await searchNumbers(db, plan, wish)).items.length;
  };
  const digits = (count: number, random: () => number) =>
    Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const words = ['CALL', 'TAXI', 'BANK', 'FOOD', 'HOME', 'GIFT'];
  return {
    'pattern 62??62??': (random) => search(`62??${digits(2, random)}??`, 'exact'),
    // The peer, in the same run: the question said plainly, every number of the range against the sold ones.
    'peer: 62??62?? in plain SQL': async (random) =>
      (await db.rows(PLAINLY, [`62__${digits(2, random)}__`, PAGE])).length,
    'a word at the end': (random) => search(words[Math.floor(random() * words.length)] ?? 'CALL', 'ends'),
    'contains 4 digits': (random) => search(digits(4, random), 'contains'),
    'one number, with alternatives': async (random) => {
      const wanted = readWanted(product, `62${digits(6, random)}`, ['KR']);
      if (!wanted.ok) throw new Error(wanted.failure.message);
      const { reasons } = await availabilityOf(db, plan, wanted.value, { language: 'en' });
      return reasons.length === 0 ? 1 : (await alternativesTo(db, plan, product, wanted.value)).length;
    },
  };
}

export async function measureShop(
  shop: Shop,
  what: string,
  question: Question,
  { sold, sessions }: { readonly sold: number; readonly sessions: number },
): Promise<ShopSample> {
  const times: number[] = [];
  let shown = 0;
  const postgresBefore = usageOf(shop.postgresPid).cpuMs;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const session = async (seed: number) => {
    const random = seeded(seed);
    while (performance.now() - started < SECONDS * 1_000) {
      const asked = performance.now();
      const found = await question(random);
      shown += found;
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: sessions }, (_, seed) => session(sold + seed)));
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return {
    what,
    sold,
    sessions,
    perSecond: Math.round(times.length / seconds),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    found: round(shown / times.length),
    cpuMs: {
      ours: round((user + system) / 1_000 / times.length),
      postgres: round((usageOf(shop.postgresPid).cpuMs - postgresBefore) / times.length),
    },
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** How PostgreSQL finds the sold among a batch; a scan of the table would be a fault. */
export async function scansOf(db: Db): Promise<string> {
  const rows = await db.rows<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT area_number FROM number_assignment WHERE area_number = ANY ($1)`,
    [Array.from({ length: 28 }, (_, at) => String(62_000_000 + at))],
  );
  return rows.map((row) => row['QUERY PLAN'].trim()).join(' | ');
}
