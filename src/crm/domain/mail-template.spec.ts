import { describe, expect, it } from '@jest/globals';
import { fillTemplate, templateFor, unknownVariables } from './mail-template.js';

const template = {
  language: 'en',
  subject: 'Your call, {{ name }}',
  body: 'Dear {{name}},\n{{text}}\n{{agent}}',
};

describe('a mail from a template', () => {
  it('given_all_facts_then_each_stands_in_its_place', () => {
    expect(fillTemplate(template, { name: '김아라', text: 'All is done.', agent: 'Sato' })).toEqual({
      ok: true,
      value: { subject: 'Your call, 김아라', body: 'Dear 김아라,\nAll is done.\nSato' },
    });
  });

  it('given_a_name_with_line_breaks_and_places_then_it_makes_no_header_and_is_not_read_as_a_template', () => {
    const filled = fillTemplate(template, {
      name: 'x\r\nBcc: y@z {{agent}}',
      text: 'a\u0000b',
      agent: '$& secret',
    });
    expect(filled).toMatchObject({
      value: {
        subject: 'Your call, x Bcc: y@z {{agent}}',
        body: 'Dear x\nBcc: y@z {{agent}},\nab\n$& secret',
      },
    });
  });

  it('given_a_fact_is_not_known_then_it_is_refused_and_says_which', () => {
    expect(fillTemplate(template, { name: 'Ann', agent: 'Sato' })).toMatchObject({
      ok: false,
      failure: { message: 'Nothing is known for {{text}}.' },
    });
  });

  it('given_a_variable_that_there_is_not_then_it_is_named_when_the_template_is_saved', () => {
    expect(unknownVariables('{{name}} {{ password }} {{__proto__}}')).toEqual(['password', '__proto__']);
  });

  it.each([
    ['ja-JP', 'ja'],
    ['ko', 'ko'],
    ['fr', 'en'],
    [null, 'en'],
  ])('given_a_customer_speaks_%s_then_the_template_is_%s', (tag, language) => {
    expect(templateFor([{ language: 'ko' }, { language: 'en' }, { language: 'ja' }], tag)?.language).toBe(
      language,
    );
  });
});
