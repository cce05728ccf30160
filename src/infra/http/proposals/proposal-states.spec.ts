import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { flawsOf } from '../../../kernel/fsm.js';
import { proposalStates } from './proposal-states.js';
import { proposalStatesText } from './proposal-states.text.js';

const PAGE = 'docs/two-persons.md';

test('the states of a proposal can all be reached, and all come to an end', () => {
  expect(flawsOf(proposalStates)).toEqual([]);
});

test(`they stand in ${PAGE} as they are (UPDATE_DOCS=1 writes it)`, () => {
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, proposalStatesText());
  expect(readFileSync(PAGE, 'utf8')).toBe(proposalStatesText());
});
