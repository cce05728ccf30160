import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CsvReader, type CsvRecord, csvLine, guessDelimiter } from './csv.js';

function read(pieces: readonly string[], longestRecord = 1_000): readonly CsvRecord[] {
  const reader = new CsvReader({ delimiter: ',', longestRecord });
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

describe('CSV', () => {
  it('reads plain lines, CRLF, a byte order mark and a last line without end', () => {
    expect(read(['\uFEFFa,b\r\n', 'c,\n,d'])).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['c', ''] },
      { line: 3, fields: ['', 'd'] },
    ]);
  });

  it('reads quoted fields with delimiters, quotes and line ends, and counts lines across them', () => {
    expect(read(['"a,""b""",c\n"two\nlines",d\r\n', '"",""\ne\n'])).toEqual([
      { line: 1, fields: ['a,"b"', 'c'] },
      { line: 2, fields: ['two\nlines', 'd'] },
      { line: 4, fields: ['', ''] },
      { line: 5, fields: ['e'] },
    ]);
  });

  it('leaves empty lines out', () => {
    expect(read(['\n\r\na\n\n']).map(({ line, fields }) => [line, fields])).toEqual([[3, ['a']]]);
  });

  it('says what is broken and goes on with the next line', () => {
    expect(read(['"a"b,c\nd\n'])).toMatchObject([
      { line: 1, broken: 'text after a closing quote' },
      { line: 2, fields: ['d'] },
    ]);
    expect(read(['""b,c\n'])).toMatchObject([{ broken: 'text after a closing quote' }]);
    expect(read(['a\n"b\nc\n'])).toMatchObject([{ line: 1 }, { line: 2, broken: 'a quote that never ends' }]);
  });

  it('does not let a record without end fill the memory', () => {
    const records = read(['x'.repeat(600), 'x'.repeat(600), 'x\nafter\n']);
    expect(records).toMatchObject([
      { line: 1, broken: expect.stringContaining('1000') },
      { fields: ['x'] },
      { fields: ['after'] },
    ]);
  });

  it('reads back what it writes, however the text is cut into pieces', () => {
    const field = fc
      .stringMatching(/^[a-c",;\n\r é]{0,8}$/)
      .filter((text) => text.trim() === text || text.includes('"'));
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, cuts, (written, at) => {
        const text = written.map((row) => `${csvLine(row)}\n`).join('');
        const edges = [0, ...at.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const pieces = edges.slice(1).map((edge, n) => text.slice(edges[n], edge));
        expect(read(pieces).map(({ fields }) => fields)).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  it('guesses the delimiter from a header', () => {
    expect(guessDelimiter('prefix;destination;"a,b"')).toBe(';');
    expect(guessDelimiter('prefix\tdestination')).toBe('\t');
    expect(guessDelimiter('prefix')).toBe('\t');
    expect(guessDelimiter('prefix,rate')).toBe(',');
  });
});
