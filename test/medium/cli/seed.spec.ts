import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { seedLabBilling } from '../../../src/cli/lab-billing.js';
import { seedLabShop } from '../../../src/cli/lab-shop.js';
import { labWorld } from '../../../src/cli/lab-world.js';
import { seedLab } from '../../../src/cli/seed.js';
import { type Rules, rulesFrom } from '../../../src/exchange/directory.rules.js';
import { sqlOn } from '../../../src/infra/db/sql.js';
import { checkShadow, parsePin, sellable } from '../../../src/numbering/index.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';

const world = labWorld({ sipPort: 5060, phoneSeed: 'seed', realm: 'anydial' });

describe('the demo world', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let rules: Rules;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url.reveal(), max: 2 });
    pool.on('error', () => undefined);
    await seedLab(pool, world);
    const read = await rulesFrom(sqlOn(pool));
    if (!read.ok) throw new Error(read.failure.join('; '));
    rules = read.value;
  });
  afterAll(async () => {
    await pool.end();
    await database.remove();
  });

  const everything = async () => {
    const tables = [
      'member',
      'device',
      'number_assignment',
      'number_shadow',
      'vns_branch',
      'route',
      'find_me',
    ];
    const counts = tables.map((table) => pool.query(`SELECT count(*)::int AS n FROM ${table}`));
    return (await Promise.all(counts)).map(({ rows }) => rows[0]?.n);
  };

  test('seeded again, with other ports, changes no count', async () => {
    const before = await everything();
    await seedLab(pool, labWorld({ sipPort: 5070, phoneSeed: 'other', realm: 'anydial' }));
    expect(await everything()).toEqual(before);
    const { rows } = await pool.query('SELECT DISTINCT port FROM trunk');
    expect(rows).toEqual([{ port: 5070 }]);
  });

  test('its shop speaks three languages, has prices in three currencies, and is seeded twice without harm', async () => {
    const counts = async () => {
      const tables = [
        'number_product',
        'number_price',
        'goods',
        'goods_piece',
        'shop_text',
        'tax_rule',
        'deck_rate',
      ];
      const asked = tables.map((table) => pool.query(`SELECT count(*)::int AS n FROM ${table}`));
      return (await Promise.all(asked)).map(({ rows }) => rows[0]?.n);
    };
    await seedLabBilling(sqlOn(pool), world);
    await seedLabShop(sqlOn(pool));
    const before = await counts();
    await seedLabShop(sqlOn(pool));
    expect(await counts()).toEqual(before);
    const { rows } = await pool.query(
      `SELECT id, currency::text, title ? 'ko' AND title ? 'ja' AND body ? 'ko' AND body ? 'ja' AS told FROM number_product ORDER BY id`,
    );
    expect(rows.map(({ id, currency }) => `${id} ${currency}`)).toEqual([
      'pin-id-kr KRW',
      'pin-own-jp JPY',
      'pin-own-kr KRW',
      'pin-own-us USD',
      'vns-jp JPY',
      'vns-kr KRW',
      'vns-us USD',
    ]);
    expect(rows.every(({ told }) => told)).toBe(true);
  });

  test('its plan is one that may be saved, and knows the feature codes and the carrier', () => {
    expect(rules.plan.config.featureCodes.map(({ code }) => code)).toContain('*97');
    expect(rules.plan.config.carriers.map(({ id }) => id)).toEqual(['lab-carrier']);
  });

  test.each(world.numbers.map((number) => [number.display, number] as const))(
    '%s could be sold under that plan: it hides nobody',
    (display, { kind, ccc, area_number, identification }) => {
      const number =
        kind === 'vns'
          ? ({
              kind,
              number: area_number,
              ccc,
              branchCccs: world.branches.map((branch) => branch.ccc),
            } as const)
          : ({ kind, areaNumber: area_number, ccc, identification } as const);
      if (kind === 'pin')
        expect(parsePin(display)).toMatchObject({ value: { areaNumber: area_number, ccc } });
      expect(sellable(number, rules.plan, new Set()).verdict).not.toBe('refused');
    },
  );

  test.each(world.shadows.map(({ e164, country }) => [e164, country]))(
    'the telephone number %s, which stands for a number in %s, is one',
    (e164, country) => {
      expect(checkShadow({ e164, country })).toMatchObject({ ok: true });
    },
  );
});
