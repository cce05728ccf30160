import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { flawsOf, toMarkdown } from '../../../kernel/fsm.js';
import { cardStateNames, cardStates } from './card-states.js';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/flash-cards.md'), 'utf8');

describe('the states of a flash card', () => {
  it('given_the_table_then_each_is_reached_and_all_come_to_an_end', () => {
    expect(flawsOf(cardStates)).toEqual([]);
    expect(Object.keys(cardStates.moves)).toEqual([...cardStateNames]);
  });

  it('given_the_page_then_it_prints_the_table_as_it_is', () => {
    expect(page).toContain(`<!-- states:card -->\n${toMarkdown(cardStates)}<!-- /states:card -->`);
  });
});
