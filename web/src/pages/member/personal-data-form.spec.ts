import { describe, expect, test } from '@jest/globals';
import { bodyOf, valuesOf } from './personal-data-form.js';

const address = { lines: ['1 Sejong-daero'], city: 'Seoul', postcode: '04524', country: 'KR' };

describe('personal data in a form', () => {
  test('what was saved comes back unchanged', () => {
    const saved = { birthDate: '1990-02-28', postalAddress: address };
    expect(bodyOf(valuesOf(saved), saved)).toEqual(saved);
  });
  test('what was emptied is removed', () => {
    const saved = { legalName: 'Hanbit', taxNumber: '123', postalAddress: address };
    const values = { ...valuesOf(saved), taxNumber: ' ', line: '', city: '', postcode: '', country: '' };
    expect(bodyOf(values, saved)).toEqual({ legalName: 'Hanbit', taxNumber: null, postalAddress: null });
  });
});
