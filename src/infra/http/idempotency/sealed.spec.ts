import { expect, it } from '@jest/globals';
import { Secret } from '../../../kernel/secret.js';
import { seal, unseal } from './sealed.js';

const old = new Secret('the secret that was, long enough');
const next = new Secret('the secret that is, long enough');

it('given_a_stored_answer_when_its_secret_was_replaced_then_it_is_read_while_the_old_one_is_accepted', () => {
  const sealed = seal(old, 'ann order-1', 'an answer');
  expect(unseal(new Secret(next.reveal(), old), 'ann order-1', sealed)).toBe('an answer');
  expect(unseal(next, 'ann order-1', sealed)).toBeUndefined();
});

it('given_a_stored_answer_when_read_for_somebody_else_then_there_is_none', () => {
  const both = new Secret(next.reveal(), old);
  expect(unseal(both, 'bob order-1', seal(old, 'ann order-1', 'an answer'))).toBeUndefined();
  expect(unseal(both, 'ann order-1', seal(both, 'ann order-1', 'an answer'))).toBe('an answer');
});
