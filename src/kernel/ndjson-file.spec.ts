import { describe, expect, test } from '@jest/globals';
import type { CsvRecord } from './csv.js';
import { CsvFile } from './csv-file.js';
import { NdjsonFile } from './ndjson-file.js';

async function* pieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(text: string | Uint8Array, size = 7): Promise<readonly (CsvRecord | string)[]> {
  const found: (CsvRecord | string)[] = [];
  for await (const batch of new NdjsonFile(pieces(text, size)).batches())
    found.push(...(batch.ok ? batch.value : [batch.failure.code]));
  return found;
}

describe('a file of JSON lines', () => {
  test('given_objects_when_read_in_pieces_then_they_are_the_records_of_the_same_csv', async () => {
    const json =
      '{"number":"+82212345678","reason":"한국, \\"x\\""}\n\n{"reason":null,"number":7}\n{"number":true}';
    const found = await read(json);
    expect(found).toEqual([
      { line: 1, fields: ['number', 'reason'] },
      { line: 1, fields: ['+82212345678', '한국, "x"'] },
      { line: 3, fields: ['7', ''] },
      { line: 4, fields: ['true', ''] },
    ]);
    const csv = new CsvFile(pieces('number,reason\n+82212345678,"한국, ""x"""\n7,\ntrue,\n', 5));
    const same: (readonly string[])[] = [];
    for await (const batch of csv.batches())
      if (batch.ok) same.push(...batch.value.map(({ fields }) => fields));
    expect(found.map((one) => (typeof one === 'string' ? one : one.fields))).toEqual(same);
  });

  test.each([
    ['no object', '[1]', 'is not one JSON object'],
    ['half an object', '{"a":', 'is not one JSON object'],
    ['a name more', '{"a":1,"b":2}', 'has "b", the first line has not'],
    ['a list inside', '{"a":[1]}', 'a must be one value'],
    ['a prototype', '{"__proto__":{"a":1}}', 'has "__proto__", the first line has not'],
    ['a giant', `{"a":"${'x'.repeat(70_000)}"}`, 'a line of more than 65536 characters'],
  ])('given_a_line_with_%s_when_read_then_it_is_told_and_the_next_is_read', async (_, line, broken) => {
    const found = await read(`{"a":1}\n${line}\n{"a":3}\n`, 50_000);
    expect(found[2]).toMatchObject({ line: 2, broken });
    expect(found[3]).toEqual({ line: 3, fields: ['3'] });
  });

  test.each([
    ['nothing', '', 'csv-file.empty'],
    ['no object at all', '1\n2\n', 'csv-file.empty'],
    ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0xfe]), 'csv-file.not-utf8'],
  ])('given_%s_when_read_then_the_file_is_refused', async (_, file, code) => {
    expect(await read(file)).toEqual([code]);
  });
});
