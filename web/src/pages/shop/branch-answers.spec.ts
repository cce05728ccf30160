import { describe, expect, test } from '@jest/globals';
import { branchesBody, COMPANY_ANSWERS, missingIn } from './branch-answers.js';

describe('who answers in each country', () => {
  test('each choice is sent with its own fields only, and the company itself not at all', () => {
    const all = { ...COMPANY_ANSWERS, memberId: 'm', telephone: '+81 3-6200-6300', label: ' Tokyo ' };
    expect(
      branchesBody({
        KR: all,
        JP: { ...all, by: 'telephone' },
        US: { ...all, by: 'device' },
        DE: { ...all, by: 'member' },
      }),
    ).toEqual([
      { country: 'JP', answer: { by: 'telephone', e164: '+81362006300' } },
      { country: 'US', answer: { by: 'device', label: 'Tokyo', locationNumber: '+81362006300' } },
      { country: 'DE', answer: { by: 'member', memberId: 'm' } },
    ]);
  });

  test.each([
    [{ by: 'company' }, []],
    [{ by: 'member' }, ['memberId']],
    [{ by: 'telephone', telephone: '03-6200' }, ['telephone']],
    [{ by: 'device', telephone: '+81362006300' }, ['label']],
  ] as const)('%j lacks %j', (values, missing) => {
    expect(missingIn({ ...COMPANY_ANSWERS, ...values })).toEqual(missing);
  });
});
