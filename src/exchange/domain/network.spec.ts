import { describe, expect, it } from '@jest/globals';
import { longestPrefix } from '../../kernel/prefix-table.js';
import { networkOf, type Route } from './network.js';
import { routeOf, trunkOf } from './route.fixture.js';
import { spread } from './spread.js';

const route = (prefix: string, id: string, priority: number, costMicro: bigint, weight = 1): Route =>
  routeOf(prefix, trunkOf(id, 'KR'), { priority, costMicro, weight });
const order = (routes: readonly Route[], digits: string) =>
  (longestPrefix(networkOf({ routes }).routes, digits) ?? []).map((one) => one.trunk.id);

describe('the network', () => {
  it('orders by prefix length, then priority, then cost, with shorter prefixes as backup', () => {
    const routes = [
      route('', 'any', 1, 0n),
      route('82', 'dear', 10, 5n),
      route('82', 'cheap', 10, 3n),
      route('82', 'last', 20, 0n),
      route('822', 'seoul', 99, 9n),
    ];
    expect(order(routes, '8222345')).toEqual(['seoul', 'cheap', 'dear', 'last', 'any']);
    expect(order(routes, '8231234')).toEqual(['cheap', 'dear', 'last', 'any']);
    expect(order(routes, '1212')).toEqual(['any']);
  });

  it('compares costs in one currency, and takes what nobody can compare last', () => {
    const won = (id: string, costMicro: bigint, comparedMicro: bigint | null): Route => ({
      ...route('82', id, 10, costMicro),
      comparedMicro,
    });
    const routes = [won('krw', 12_000_000n, 9_000n), won('usd', 10_000n, 10_000n), won('xof', 1n, null)];
    expect(order(routes, '82')).toEqual(['krw', 'usd', 'xof']);
    const equal = [won('a', 13_000_000n, 10_000n), won('b', 10_000n, 10_000n)];
    expect(new Set([0, 0.99].map((dice) => spread(equal, dice)[0]?.trunk.id))).toEqual(new Set(['a', 'b']));
  });

  it('shares calls among equal routes by weight and keeps every other order', () => {
    const routes = [route('', 'a', 1, 0n, 3), route('', 'b', 1, 0n, 1), route('', 'c', 2, 0n)];
    const first = new Map<string, number>();
    for (let turn = 0; turn < 1_000; turn++) {
      const [one, , last] = spread(routes, turn / 1_000);
      first.set(one?.trunk.id ?? '', (first.get(one?.trunk.id ?? '') ?? 0) + 1);
      expect(last?.trunk.id).toBe('c');
    }
    expect(first).toEqual(
      new Map([
        ['a', 750],
        ['b', 250],
      ]),
    );
  });
});
