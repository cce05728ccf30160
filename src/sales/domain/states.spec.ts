import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flawsOf, type StateTable, toMarkdown } from '../../kernel/fsm.js';
import { contractStates } from './contract-states.js';
import { goodsStates } from './goods-states.js';
import { isDone, nextAction, type OrderState } from './next-action.js';
import { orderStates } from './order-states.js';

const PAGE = new URL('../../../docs/shop.md', import.meta.url);
const tables = { order: orderStates, contract: contractStates, goods: goodsStates } as const;

describe('the states of the shop', () => {
  it.each(Object.entries(tables))('of %s: each can be reached and comes to an end', (_, table) => {
    expect(flawsOf(table as StateTable<string, string>)).toEqual([]);
  });

  it.each(Object.entries(tables))('of %s are printed in docs/shop.md as they are', (name, table) => {
    const printed = `<!-- states:${name} -->\n${toMarkdown(table as StateTable<string, string>)}<!-- /states:${name} -->`;
    const page = readFileSync(PAGE, 'utf8');
    const place = new RegExp(`<!-- states:${name} -->[\\s\\S]*?<!-- /states:${name} -->`);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page.replace(place, printed));
    expect(place.exec(readFileSync(PAGE, 'utf8'))?.[0]).toBe(printed);
  });

  it('have nothing to be done by the buyer, and no expiry, once they are done', () => {
    for (const kind of ['number', 'goods'] as const) {
      const table = kind === 'number' ? orderStates : goodsStates;
      for (const state of Object.keys(table.moves) as OrderState[])
        if (table.final.includes(state as never)) {
          expect([state, nextAction(kind, state), isDone(state)]).toEqual([state, 'none', true]);
        } else expect(nextAction(kind, state)).toBeDefined();
    }
  });

  it('never lose money: from paid on every way out passes the refund or ends with what was bought', () => {
    const paidWays = waysFrom('paid');
    expect(paidWays.filter((way) => !way.includes('refund-due')).map((way) => way.at(-1))).toEqual([
      'closed',
    ]);
    expect(paidWays.some((way) => ['rejected', 'cancelled', 'expired'].includes(way.at(-1) ?? ''))).toBe(
      false,
    );
  });
});

/** All ways from a state to an end, each state at most once. */
function waysFrom(state: keyof typeof orderStates.moves, before: readonly string[] = []): string[][] {
  const way = [...before, state];
  if (orderStates.final.includes(state)) return [way];
  return Object.values(orderStates.moves[state])
    .flat()
    .filter((next) => !way.includes(next))
    .flatMap((next) => waysFrom(next, way));
}
