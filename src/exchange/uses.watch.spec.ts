import { describe, expect, it } from '@jest/globals';
import { networkOf } from './domain/network.js';
import { routeOf, trunkOf } from './domain/route.fixture.js';
import { leg } from './domain/step.fixture.js';
import { isOver } from './uses.watch.js';

const trunk = trunkOf('gw', 'KR', { maxCalls: 2 });
const route = routeOf('82', trunk, { maxCalls: 1 });
const network = networkOf({ trunks: [trunk], routes: [route] });
const using = (calls: Readonly<Record<string, number>>) => ({
  calls: (kind: string, id: string) => calls[`${kind}:${id}`] ?? 0,
  perSecond: () => 0,
});
const byTrunk = { ...leg('trunk'), target: 'gw' };
const byRoute = { ...byTrunk, route: route.id, e164: '+8221234' };

describe('a leg that is made later than it was decided', () => {
  it('is too much when its trunk carries more than it may, itself included', () => {
    expect(isOver(network, using({ 'trunk:gw': 2 }), byTrunk)).toBe(false);
    expect(isOver(network, using({ 'trunk:gw': 3 }), byTrunk)).toBe(true);
  });

  it('is too much when its route carries more than it may', () => {
    expect(isOver(network, using({ [`route:${route.id}`]: 1 }), byRoute)).toBe(false);
    expect(isOver(network, using({ [`route:${route.id}`]: 2 }), byRoute)).toBe(true);
  });

  it('never is too much on a telephone of ours, or where there is no limit', () => {
    expect(isOver(network, using({ 'device:t': 99 }), leg('device'))).toBe(false);
    expect(isOver(networkOf({}), using({ 'trunk:gw': 99 }), byTrunk)).toBe(false);
  });
});
