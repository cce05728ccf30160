import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Listener } from '../../../src/infra/db/listen.js';
import { newId } from '../../../src/kernel/ids.js';
import { companyWish, must, ShopWorld } from './shop-world.js';

let shop: ShopWorld;
beforeAll(async () => {
  shop = await ShopWorld.open();
});
afterAll(() => shop.close());

interface Offer {
  readonly number: string;
  readonly shown: string;
  readonly tier: string;
}
const search = async (query: string) => {
  const answer = await shop.ask(`GET /v1/shop/numbers?${query}`);
  expect(answer.status).toBe(200);
  return answer.body as { items: Offer[]; nextCursor: string | null; read: { digits: string } };
};
const availability = async (query: string) => {
  const answer = await shop.ask(`GET /v1/shop/numbers/availability?${query}`);
  expect(answer.status).toBe(200);
  return answer.body as {
    available: boolean;
    shown: string | null;
    reasons: { code: string; text: string }[];
    warnings: { code: string }[];
    price: { tier: string; setup: string } | null;
    alternatives: Offer[];
  };
};
async function sell(key: string, kind: 'pin' | 'vns', digits: string): Promise<void> {
  await shop.db.run(
    `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
     VALUES ($1, $2, $3, '082', 'KR', $4, $2, $5)`,
    [newId(), key, kind, digits, newId()],
  );
}

describe('the catalogue', () => {
  it('given_nobody_is_signed_in_when_asked_in_korean_then_it_answers_in_korean_and_english_where_there_is_none', async () => {
    const { status, body } = await shop.ask('GET /v1/shop/catalogue?lang=ko-KR&country=KR');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lang: 'ko-KR',
      countries: ['KR', 'US'],
      info: [{ id: 'what', title: 'What (ko)' }],
      products: [
        {
          id: 'pin-id-kr',
          kind: 'person',
          prices: [{ tier: 'plain', setup: '10.00' }, {}, {}],
          branch: null,
        },
        { id: 'pin-own-kr', needs: ['proof-of-telephone'] },
        { id: 'vns-kr', kind: 'company', branch: { setup: '5.00', monthly: '2.00', yearly: '20.00' } },
      ],
    });
    expect((await shop.ask('GET /v1/shop/catalogue?lang=fr')).body).toMatchObject({
      lang: 'fr',
      info: [{ title: 'What' }],
    });
  });

  it.each([
    'GET /v1/shop/catalogue?country=korea',
    'GET /v1/shop/catalogue?colour=red',
    'GET /v1/shop/numbers?product=vns-kr&limit=51',
    'GET /v1/shop/numbers?product=vns-kr&cursor=abc',
    "GET /v1/shop/numbers?product=vns-kr&pattern=';drop",
    'GET /v1/shop/numbers/availability?product=vns-kr',
  ])('%s is a 400 that says what is wrong', async (route) => {
    expect(await shop.ask(route)).toMatchObject({ status: 400, body: { retry: 'never' } });
  });
});

describe('the search for numbers', () => {
  it('given_a_pattern_when_searched_page_by_page_then_each_free_number_comes_once', async () => {
    await sell('48004800#', 'vns', '48004800');
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = `product=vns-kr&pattern=4%3F004%3F00&limit=40${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await search(query);
      found.push(...page.items.map(({ number }) => number));
      cursor = page.nextCursor;
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found).not.toContain('48004800');
    expect(found.every((one) => /^4\d004\d00$/.test(one))).toBe(true);
    expect(found).toHaveLength(99);
  });

  it('given_letters_when_searched_then_they_are_keys', async () => {
    const { items, read } = await search('product=vns-kr&pattern=CALL&mode=ends&limit=5');
    expect(read.digits).toBe('2255');
    expect(items).toHaveLength(5);
    expect(items.every(({ number }) => number.length === 8 && number.endsWith('2255'))).toBe(true);
  });

  it('given_no_pattern_when_an_identification_number_is_wanted_then_it_offers_some_of_the_range', async () => {
    const { items } = await search('product=pin-id-kr&limit=5');
    expect(items).toHaveLength(5);
    expect(items.every(({ number, shown }) => /^0591\d{6,7}$/.test(number) && shown.endsWith('-082'))).toBe(
      true,
    );
  });

  it('given_the_operator_keeps_a_range_back_when_searched_then_nothing_of_it_is_offered', async () => {
    must(
      await shop.ask(
        'POST /v1/shop/reserved-numbers',
        { pattern: '7777*', reason: 'for the police' },
        shop.operator,
      ),
    );
    expect((await search('product=vns-kr&pattern=7777%3F%3F%3F%3F')).items).toEqual([]);
    expect(await availability('product=vns-kr&number=77771234')).toMatchObject({
      available: false,
      reasons: [{ code: 'not-available' }],
    });
  });
});

describe('availability', () => {
  it('given_a_free_number_when_asked_then_it_is_available_with_its_price_and_warnings', async () => {
    expect(await availability('product=vns-kr&number=6200-6200&countries=KR,US')).toMatchObject({
      available: true,
      shown: '6200-6200#082',
      reasons: [],
      price: { tier: 'premium', setup: '300.00' },
      alternatives: [],
    });
  });

  it('given_a_sold_number_when_asked_then_it_says_no_without_telling_whose_and_names_near_ones', async () => {
    await sell('53005300#', 'vns', '53005300');
    const answer = await availability('product=vns-kr&number=53005300&lang=ja');
    expect(answer).toMatchObject({
      available: false,
      reasons: [{ code: 'not-available', text: 'この番号はご利用いただけません。' }],
    });
    expect(JSON.stringify(answer.reasons)).not.toContain('53005300');
    expect(answer.alternatives.map(({ number }) => number)).toContain('53005301');
    expect(answer.alternatives).toHaveLength(5);
  });

  it('given_the_digits_are_a_persons_area_number_when_a_company_asks_then_they_are_not_available', async () => {
    await sell('0262008888082', 'pin', '0262008888');
    expect(await availability('product=vns-kr&number=0262008888')).toMatchObject({
      available: false,
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'not-available' })]),
    });
  });

  it.each([
    ['vns-kr', '119', 'emergency-code'],
    ['vns-kr', '0106200', 'telephone-number'],
    ['vns-kr', '12', 'malformed'],
    ['pin-id-kr', '0599123456', 'no-identifier-code'],
    ['pin-own-kr', '+12125550100', 'not-national-format'],
    ['pin-own-kr', '12', 'not-national-format'],
  ])('of %s %s is refused: %s', async (product, number, code) => {
    const answer = await availability(`product=${product}&number=${encodeURIComponent(number)}`);
    expect(answer.available).toBe(false);
    expect(answer.reasons.map((one) => one.code)).toContain(code);
  });

  it('given_a_telephone_in_any_spelling_when_it_is_to_become_a_number_then_it_is_the_same_number', async () => {
    for (const spelled of ['+82262006200', '02-6200-6200', '0262006200'])
      expect(await availability(`product=pin-own-kr&number=${encodeURIComponent(spelled)}`)).toMatchObject({
        available: true,
        shown: '02-6200-6200-082',
        price: { tier: 'plain' },
      });
  });

  it('given_an_order_holds_a_number_when_asked_then_it_is_not_available_until_the_order_lets_go', async () => {
    const { who } = await shop.buyer();
    const { id } = must(await shop.ask('POST /v1/orders', companyWish('58205821'), who));
    expect((await availability('product=vns-kr&number=58205821')).available).toBe(true);
    must(await shop.ask(`POST /v1/orders/${id}/hold`, {}, who));
    expect((await availability('product=vns-kr&number=58205821')).available).toBe(false);
    expect((await search('product=vns-kr&pattern=58205821')).items).toEqual([]);
    must(await shop.ask(`POST /v1/orders/${id}/cancellation`, {}, who));
    expect((await availability('product=vns-kr&number=58205821')).available).toBe(true);
  });

  it('given_the_plan_gets_a_feature_code_when_asked_then_the_number_is_refused_at_once', async () => {
    expect((await availability('product=vns-kr&number=44556')).available).toBe(true);
    // The shop listens on the same connection, and was there first: when this one has heard, the shop has.
    const listener = shop.web.app.get(Listener, { strict: false });
    const told = new Promise<void>((heard) => {
      listener.on('directory', (what) => what.startsWith('feature_code') && heard());
    });
    await shop.db.run(`INSERT INTO feature_code (code, feature, argument) VALUES ('44556', 'echo', 'none')`);
    await told;
    expect((await availability('product=vns-kr&number=44556')).reasons[0]?.code).toBe('feature-code');
  });

  it('given_one_place_asks_without_end_when_it_is_too_often_then_it_has_to_wait', async () => {
    const asked = await Promise.all(
      Array.from({ length: 150 }, () => shop.ask('GET /v1/shop/numbers?product=vns-kr&pattern=12345678')),
    );
    const refused = asked.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(20);
    expect(refused[0]).toMatchObject({ body: { code: 'number-search.too-many', retry: 'safe' } });
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
  });
});
