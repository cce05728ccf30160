import { describe, expect, it } from '@jest/globals';
import { dialable, shownUser, uriOfTarget } from './target.js';

describe('what is typed to be dialled', () => {
  it.each([
    ['02-6200-6200-082', '02-6200-6200-082'],
    [' +82 (2) 6200.6200 ', '+82262006200'],
    ['6200-6200#082', '6200-6200#082'],
    ['０２-６２００', '02-6200'],
    ['tel:+82-2-6200-6200', '+82-2-6200-6200'],
    ['grace@hall.example', 'grace@hall.example'],
    ['한빛.example', '한빛.example'],
    ['sip:Bob@pbx.example', 'sip:Bob@pbx.example'],
    ['*97', '*97'],
  ])('given_%j_when_dialled_then_it_is_%j', (typed, target) => {
    expect(dialable(typed)).toBe(target);
  });

  it.each(['', '   ', '<script>', 'a'.repeat(300), 'x\u0000y'])(
    'given_%j_when_dialled_then_there_is_nothing_to_dial',
    (typed) => {
      expect(dialable(typed)).toBeUndefined();
    },
  );

  it('given_a_number_with_hash_or_an_address_when_made_a_uri_then_it_comes_back_whole', () => {
    expect(uriOfTarget('6200-6200#082', 'anydial')).toBe('sip:6200-6200%23082@anydial');
    expect(uriOfTarget('grace@hall.example', 'anydial')).toBe('sip:grace%40hall.example@anydial');
    expect(uriOfTarget('+82262006200', 'anydial')).toBe('sip:+82262006200@anydial');
    expect(shownUser('6200-6200%23082')).toBe('6200-6200#082');
    expect(shownUser('%E0%A4%A')).toBe('%E0%A4%A');
  });
});
