import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flawsOf } from '../../kernel/fsm.js';
import { decideProof, type Holder, type ProofVerdict } from './decide-proof.js';
import { proofStates } from './proof-states.js';
import { proofStatesText } from './proof-states.text.js';

const PAGE = 'docs/proof-states.md';

describe('the states of a proof', () => {
  it('can all be reached, and all come to an end', () => {
    expect(flawsOf(proofStates)).toEqual([]);
  });

  it(`stand in ${PAGE} as they are (UPDATE_DOCS=1 writes it)`, () => {
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, proofStatesText());
    expect(readFileSync(PAGE, 'utf8')).toBe(proofStatesText());
  });
});

it.each<[string, Holder, ProofVerdict]>([
  ['nobody holds', { who: 'nobody' }, 'take'],
  ['he holds himself', { who: 'prover' }, 'renew'],
  ['another holds by a code', { who: 'other' }, 'contest'],
  ['another holds, whose record is there', { who: 'other', stillProves: true }, 'refuse'],
  ['another holds, whose record is gone', { who: 'other', stillProves: false }, 'take-over'],
])('what %s and is proved comes to %j: %s', (_, holder, verdict) => {
  expect(decideProof(holder)).toBe(verdict);
});
