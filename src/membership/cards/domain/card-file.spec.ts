import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../kernel/secret.js';
import { cardFileText, readCardFile } from './card-file.js';

const key = new Secret('a key of forty characters, only for tests');
const file = { number: '123456789012', issue: 3 };

describe('a card file', () => {
  it('given_one_of_ours_when_read_then_it_says_which_card', () => {
    expect(readCardFile(cardFileText(file, key), key)).toEqual(file);
    expect(readCardFile(`${cardFileText(file, key)}\r\n`, key)).toEqual(file);
  });

  it('given_a_key_that_was_replaced_meanwhile_when_read_then_it_is_ours_while_the_old_one_is_accepted', () => {
    const text = cardFileText(file, key);
    expect(readCardFile(text, new Secret('the next key', key))).toEqual(file);
    expect(readCardFile(text, new Secret('the next key'))).toBeUndefined();
    expect(cardFileText(file, new Secret('the next key', key))).not.toBe(text);
  });

  it('given_another_number_issue_or_key_when_read_then_it_is_none', () => {
    const text = cardFileText(file, key);
    expect(readCardFile(text.replace('123456789012', '123456789013'), key)).toBeUndefined();
    expect(readCardFile(text.replace('.3.', '.4.'), key)).toBeUndefined();
    expect(readCardFile(text, new Secret('another key'))).toBeUndefined();
    expect(readCardFile('anydial-card-1', key)).toBeUndefined();
    expect(readCardFile('', key)).toBeUndefined();
  });
});
