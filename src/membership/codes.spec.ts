import { expect, it } from '@jest/globals';
import { Secret } from '../kernel/secret.js';
import { codeFits, codeHash, mailedCode, newMailedCode, newSpokenCode, spokenCode } from './codes.js';

it('given_any_new_code_when_typed_as_people_do_then_it_is_read_as_it_was_sent', () => {
  for (let time = 0; time < 1_000; time++) {
    const code = newMailedCode();
    expect(mailedCode.parse(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
    expect(spokenCode.safeParse(newSpokenCode()).success).toBe(true);
  }
});

it('given_mailed_codes_when_many_are_made_then_every_character_comes_at_every_place_and_none_is_mistaken', () => {
  const codes = Array.from({ length: 4_000 }, newMailedCode);
  for (let at = 0; at < 8; at++) expect(new Set(codes.map((code) => code[at])).size).toBe(32);
  expect(codes.join('')).not.toMatch(/[01OI]/);
  expect(new Set(codes).size).toBe(codes.length);
});

it.each(['0A23456B', '1234567', '123456789', "'; drop--", '２３４５６７８９'])('refuses %s', (text) => {
  expect(mailedCode.safeParse(text).success).toBe(false);
});

it('given_a_secret_that_was_replaced_meanwhile_then_a_mailed_code_fits_while_the_old_one_is_accepted', () => {
  const old = new Secret('the secret that was');
  const stored = codeHash(old, 'ticket', '23456789');
  expect(codeFits(new Secret('the next', old), 'ticket', stored, '23456789')).toBe(true);
  expect(codeFits(new Secret('the next', old), 'ticket', stored, '23456788')).toBe(false);
  expect(codeFits(new Secret('the next'), 'ticket', stored, '23456789')).toBe(false);
  expect(codeFits(new Secret('the next', old), 'ticket', null, '23456789')).toBe(false);
});
