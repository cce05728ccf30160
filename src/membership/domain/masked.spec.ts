import { expect, test } from '@jest/globals';
import { masked } from './masked.js';

test('support sees enough to compare and not enough to use', () => {
  expect(
    masked({
      birthDate: '1990-02-28',
      identityDocument: { kind: 'passport', number: 'M12345678', country: 'KR' },
      postalAddress: {
        lines: ['1 Sejong-daero'],
        city: 'Seoul',
        region: null,
        postcode: '04524',
        country: 'KR',
      },
    }),
  ).toEqual({
    birthDate: '1990-**-**',
    identityDocument: { kind: 'passport', number: '*****5678', country: 'KR' },
    postalAddress: { lines: ['*'], city: 'Seoul', region: null, postcode: null, country: 'KR' },
  });
  expect(masked({ legalName: 'Hanbit', taxNumber: '123', registrationNumber: null })).toEqual({
    legalName: 'Hanbit',
    taxNumber: '***',
    registrationNumber: null,
  });
});
