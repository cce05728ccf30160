import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flawsOf, toMarkdown } from '../../kernel/fsm.js';
import { campaignStates, contactStates } from './campaign-states.js';
import { zonesOf } from './time-zones.js';

const PAGE = 'docs/campaigns.md';

describe('campaigns', () => {
  it('their states and those of contacts can all be reached, and all come to an end', () => {
    expect([flawsOf(campaignStates), flawsOf(contactStates)]).toEqual([[], []]);
  });

  it.each([
    ['campaign', toMarkdown(campaignStates)],
    ['contact', toMarkdown(contactStates)],
  ])(`the states of a %s stand in ${PAGE} as they are (UPDATE_DOCS=1 writes it)`, (name, printed) => {
    const page = readFileSync(PAGE, 'utf8');
    const place = new RegExp(`(<!-- states:${name} -->\\n)[\\s\\S]*?(<!-- /states:${name} -->)`);
    const wanted = page.replace(place, `$1\n${printed}\n$2`);
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, wanted);
    expect(page).toMatch(place);
    expect(readFileSync(PAGE, 'utf8')).toBe(wanted);
  });
});

describe('the zones of a country', () => {
  it.each([
    ['KR', ['Asia/Seoul']],
    ['JP', ['Asia/Tokyo']],
    ['XX', []],
    ['', []],
    ['kr', []],
  ])('%s: %j', (country, zones) => {
    expect(zonesOf(country)).toEqual(zones);
  });

  it('a country with several has them all', () => {
    expect(zonesOf('US')).toEqual(expect.arrayContaining(['America/New_York', 'Pacific/Honolulu']));
  });
});
