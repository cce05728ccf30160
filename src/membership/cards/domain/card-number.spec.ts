import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isCardNumber, newCardCode, readCardCode, serialOf, shownCardNumber } from './card-number.js';

describe('what is printed on a card', () => {
  it('given_a_new_card_then_its_number_checks_and_one_wrong_digit_does_not', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.integer({ min: 1, max: 9 }), (place, off) => {
        const { number, pin } = newCardCode();
        expect(isCardNumber(number)).toBe(true);
        expect(pin).toMatch(/^[0-9]{6}$/);
        const wrong = [...number];
        wrong[place] = String((Number(wrong[place]) + off) % 10);
        expect(isCardNumber(wrong.join(''))).toBe(false);
      }),
    );
  });

  it.each(['123456789012*654321', '123456789012*654321#', '123456789012#654321', '123456789012654321'])(
    'given_%s_keyed_in_when_read_then_it_is_number_and_pin',
    (keyed) => {
      expect(readCardCode(keyed)).toEqual({ number: '123456789012', pin: '654321' });
    },
  );

  it.each(['', '12345678901*654321', '123456789012*65432', '123456789012**654321', '123456789012*654321*1'])(
    'given_%s_keyed_in_when_read_then_it_is_no_card',
    (keyed) => {
      expect(readCardCode(keyed)).toBeUndefined();
    },
  );

  it('given_numbers_for_people_then_they_are_in_groups', () => {
    expect(shownCardNumber('123456789012')).toBe('1234 5678 9012');
    expect(serialOf(42)).toBe('FC0000000042');
  });
});
