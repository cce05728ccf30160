import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { flawsOf, toMarkdown } from '../../kernel/fsm.js';
import { disputeStates } from './dispute-states.js';

const PAGE = new URL('../../../docs/billing.md', import.meta.url);
const PLACE = /<!-- states:dispute -->[\s\S]*?<!-- \/states:dispute -->/;

it('prints the states of a dispute in docs/billing.md as they are', () => {
  expect(flawsOf(disputeStates)).toEqual([]);
  const printed = `<!-- states:dispute -->\n${toMarkdown(disputeStates)}<!-- /states:dispute -->`;
  const page = readFileSync(PAGE, 'utf8');
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page.replace(PLACE, printed));
  expect(PLACE.exec(readFileSync(PAGE, 'utf8'))?.[0]).toBe(printed);
});
