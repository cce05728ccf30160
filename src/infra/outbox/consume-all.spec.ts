import { expect, test } from '@jest/globals';
import type { Db } from '../db/db.js';
import { consumeAll } from './consume-all.js';

const handler = { handler: 'kitchen.boil', topic: 'egg.laid', run: async () => undefined };

/** A database on which every transaction fails, and that may have gone altogether. */
function failing(answers: boolean): { db: Db; transactions: () => number } {
  let transactions = 0;
  const db: Pick<Db, 'inTx' | 'rows'> = {
    inTx: () => {
      transactions += 1;
      return Promise.reject(new Error('lost'));
    },
    rows: () => (answers ? Promise.resolve([]) : Promise.reject(new Error('away'))),
  };
  return { db: db as Db, transactions: () => transactions };
}

test('given_the_database_does_not_answer_then_a_batch_is_not_taken_apart_and_the_first_error_is_told', async () => {
  const { db, transactions } = failing(false);
  await expect(consumeAll(db, {}, handler, ['a', 'b', 'c', 'd'])).rejects.toThrow('lost');
  expect(transactions()).toBe(1);
});

test('given_it_answers_then_each_message_that_fails_is_found_and_named', async () => {
  const { db, transactions } = failing(true);
  const { consumed, failed } = await consumeAll(db, {}, handler, ['a', 'b', 'c']);
  expect(consumed).toBe(0);
  expect(failed.map(({ messageId }) => messageId)).toEqual(['a', 'b', 'c']);
  expect(transactions()).toBe(5);
});
