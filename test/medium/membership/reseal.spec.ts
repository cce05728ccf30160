import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { KeyRing } from '../../../src/infra/sealing/key-ring.js';
import { Secret } from '../../../src/kernel/secret.js';
import { personalDataOf } from '../../../src/membership/members/personal-data.store.js';
import { reseal } from '../../../src/membership/members/reseal.js';
import { Customers } from './customers.js';

let shop: Customers;
beforeAll(async () => {
  shop = await Customers.open();
});
afterAll(() => shop.close());

test('given_a_new_key_in_front_when_resealed_then_the_old_key_is_needed_no_longer_and_duplicates_are_still_found', async () => {
  const document = { kind: 'passport', number: 'M12345678', country: 'KR' };
  const people = [await shop.member('one@key.example'), await shop.member('two@key.example')];
  for (const who of people)
    await shop.ask(`PUT /v1/members/${who.id}/personal-data`, { identityDocument: document }, who);
  const old = shop.web.config.personalDataKeys;
  const fresh = { id: '2', secret: new Secret('a new key that is long enough to be one') };
  expect(await reseal(shop.db, new KeyRing([fresh, ...old]))).toBe(2);
  expect(await reseal(shop.db, new KeyRing([fresh, ...old]))).toBe(0);
  const [first] = people;
  const whose = { id: first?.id ?? '', kind: 'person' } as const;
  expect(await personalDataOf(shop.db, new KeyRing([fresh]), whose)).toMatchObject({
    identityDocument: document,
  });
  await expect(personalDataOf(shop.db, new KeyRing(old), whose)).rejects.toThrow('a key that is gone');
  const pairs = await shop.db.rows(
    `SELECT a.kind FROM duplicate_key a JOIN duplicate_key b ON a.hash = b.hash AND a.member_id < b.member_id WHERE a.key_id = '2'`,
  );
  expect(pairs).toEqual([{ kind: 'document' }]);
});
