import { describe, expect, it } from '@jest/globals';
import { prefixQuery, searchKeys } from './search-keys.js';

describe('what somebody may have meant by what he typed', () => {
  it.each(['02-6200-6200-082', '0262006200*082', '02 6200 6200 082', '0262006200082', '02.6200.6200#082'])(
    'given_%s_then_it_is_that_person’s_number',
    (typed) => {
      expect(searchKeys(typed).numbers).toContain('0262006200082');
    },
  );

  it.each(['6200-6200#082', '62006200*082', '62006200082', '6200-6200#', '6200-6200'])(
    'given_%s_then_it_is_that_company’s_number',
    (typed) => {
      expect(searchKeys(typed).numbers).toContain('62006200#');
    },
  );

  it.each([
    '+82 2 6200 6200',
    '02-6200-6200',
    '0082262006200',
    '82 2 6200 6200',
    '(02) 6200-6200',
    '010 82 2 6200 6200',
  ])('given_%s_then_it_is_that_telephone', (typed) => {
    expect(searchKeys(typed).numbers).toContain('+82262006200');
  });

  it('given_a_name_then_the_beginnings_of_its_words_and_nothing_that_a_query_would_obey', () => {
    expect(searchKeys("kim | a'ra:* !").words).toEqual(['kim', 'a', 'ra']);
    expect(prefixQuery(['kim', 'ar'])).toBe("'kim':* & 'ar':*");
    expect(searchKeys('김아라').words).toEqual(['김아라']);
  });

  it('given_an_address_or_an_id_then_that_alone', () => {
    expect(searchKeys(' Ann@Example.com ')).toMatchObject({
      email: 'ann@example.com',
      numbers: [],
      words: [],
    });
    const id = '01A208CC-1D71-75A6-A3D3-3CE9009FB67D';
    expect(searchKeys(id)).toMatchObject({ id: id.toLowerCase(), numbers: [], words: [] });
  });

  it('given_two_digits_then_no_number', () => {
    expect(searchKeys('12').numbers).toEqual([]);
  });
});
