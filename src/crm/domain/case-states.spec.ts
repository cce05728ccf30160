import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flawsOf, toMarkdown } from '../../kernel/fsm.js';
import { caseStates } from './case-states.js';

const PAGE = 'docs/customers.md';
const table = /(<!-- states:case -->\n)[\s\S]*?(<!-- \/states:case -->)/;

describe('the states of a case', () => {
  it('can all be reached, and all come to an end', () => {
    expect(flawsOf(caseStates)).toEqual([]);
  });

  it(`stand in ${PAGE} as they are (UPDATE_DOCS=1 writes it)`, () => {
    const page = readFileSync(PAGE, 'utf8');
    const printed = page.replace(table, `$1\n${toMarkdown(caseStates)}\n$2`);
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, printed);
    expect(page).toMatch(table);
    expect(readFileSync(PAGE, 'utf8')).toBe(printed);
  });
});
