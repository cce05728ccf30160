import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flawsOf } from '../../kernel/fsm.js';
import { callStates } from './call-states.js';
import { callStatesText } from './call-states.text.js';

const PAGE = 'docs/call-states.md';

describe('the states of a call', () => {
  it('can all be reached, and all come to an end', () => {
    expect(flawsOf(callStates)).toEqual([]);
  });

  it(`stand in ${PAGE} as they are (UPDATE_DOCS=1 writes it)`, () => {
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, callStatesText());
    expect(readFileSync(PAGE, 'utf8')).toBe(callStatesText());
  });
});
