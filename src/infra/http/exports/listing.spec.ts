import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../openapi/answers.js';
import { columnsOf, fieldsOf, titleOf } from './listing.js';

const list = (items: object): Answer =>
  ({ schema: { type: 'object', properties: { items: { type: 'array', items } } } }) as Answer;

describe('a list as a table', () => {
  const schemas = {
    Place: { type: 'object', properties: { city: { type: 'string' }, zip: { type: 'string' } } },
    Endless: { type: 'object', properties: { inner: { $ref: '#/$defs/Endless' } } },
  } as never;
  const answer = list({
    type: 'object',
    properties: {
      id: { type: 'string' },
      place: { anyOf: [{ $ref: '#/$defs/Place' }, { type: 'null' }] },
      tags: { type: 'array', items: { type: 'string' } },
    },
  });

  test('given_objects_inside_and_null_when_flattened_then_every_row_has_every_column', () => {
    const columns = columnsOf(answer, schemas);
    expect(columns.map(titleOf)).toEqual(['id', 'place.city', 'place.zip', 'tags']);
    expect(fieldsOf({ id: '7', place: { city: 'Seoul', zip: '04524' }, tags: ['a'] }, columns)).toEqual([
      '7',
      'Seoul',
      '04524',
      '["a"]',
    ]);
    expect(fieldsOf({ id: '8', place: null, tags: [] }, columns)).toEqual(['8', '', '', '[]']);
  });

  test('given_a_type_that_contains_itself_when_flattened_then_it_ends', () => {
    const [column] = columnsOf(list({ $ref: '#/$defs/Endless' }), schemas);
    expect(column).toHaveLength(4);
  });

  test('given_texts_when_flattened_then_there_is_one_column', () => {
    const columns = columnsOf(list({ type: 'string' }), schemas);
    expect(columns.map(titleOf)).toEqual(['value']);
    expect(fieldsOf('KR', columns)).toEqual(['KR']);
  });
});
