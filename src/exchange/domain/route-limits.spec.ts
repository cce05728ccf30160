import { describe, expect, it } from '@jest/globals';
import type { Load, UseKind } from './load.js';
import { networkOf } from './network.js';
import { calleeWith, factsOf, fromSeoul, kim, newYork, routeOf, seoul } from './route.fixture.js';
import { decideRoute } from './route.js';
import type { Schedule } from './schedule.js';

const using = (used: Partial<Record<`${UseKind}:${string}`, number>>, rate = 0): Load => ({
  calls: (kind, id) => used[`${kind}:${id}`] ?? 0,
  perSecond: (kind, id) => (used[`${kind}:${id}`] === undefined ? 0 : rate),
});
const ways = (more: Parameters<typeof factsOf>[1]) => {
  const { verdict, account } = decideRoute(factsOf('0262001234', more));
  const attempts = verdict.kind === 'connect' ? verdict.attempts : [];
  return {
    verdict,
    trunks: attempts.flatMap((attempt) =>
      attempt.kind === 'ring' ? attempt.legs.map(({ target }) => target) : [],
    ),
    candidates: account.candidates.map(({ target, verdict: said }) => `${target}: ${said}`),
  };
};
const withLimit = (maxCalls: number) =>
  networkOf({ routes: [routeOf('82', { ...seoul, maxCalls }), routeOf('', newYork)] });

describe('limits of the caller', () => {
  it.each([
    ['his own limit', { caller: calleeWith(kim, { maxCalls: 2 }), load: using({ 'member:kim': 2 }) }],
    [
      'the operator’s for everybody',
      { memberLimits: { calls: 2, callsPerSecond: null }, load: using({ 'member:kim': 2 }) },
    ],
    [
      'his own rate',
      { caller: calleeWith(kim, { maxCallsPerSecond: 3 }), load: using({ 'member:kim': 0 }, 3) },
    ],
    ['what one telephone can', { load: using({ 'device:lab-a': 20 }) }],
  ])('%s: refused with 486', (_, more) => {
    expect(ways(more).verdict).toMatchObject({ kind: 'refuse', reason: 'too-many-calls', q850: 17 });
  });

  it('his own limit counts more than the operator’s', () => {
    const more = {
      caller: calleeWith(kim, { maxCalls: 5 }),
      memberLimits: { calls: 1, callsPerSecond: null },
    };
    expect(ways({ ...more, load: using({ 'member:kim': 4 }) }).verdict.kind).toBe('connect');
  });

  it('never stop a call for help', () => {
    const facts = factsOf('119', {
      load: using({ 'member:kim': 99, 'device:lab-a': 99, 'trunk:gw-kr': 99 }),
    });
    expect(decideRoute(facts).verdict).toMatchObject({ kind: 'connect', emergency: true });
  });

  it('a trunk with as many calls as it may have brings no more: 503, its network may try elsewhere', () => {
    const network = networkOf({ trunks: [{ ...seoul, maxCalls: 10 }] });
    const facts = factsOf('0262006200', { origin: fromSeoul, network, load: using({ 'trunk:gw-kr': 10 }) });
    expect(decideRoute(facts).verdict).toMatchObject({
      kind: 'unavailable',
      reason: 'trunks-busy',
      q850: 34,
    });
  });
});

describe('limits of trunks and routes', () => {
  it('a full trunk is passed over for the next, and the trace says why', () => {
    const { trunks, candidates } = ways({ network: withLimit(2), load: using({ 'trunk:gw-kr': 2 }) });
    expect(trunks).toEqual(['gw-us']);
    expect(candidates).toEqual(['gw-us: attempt 1', 'gw-kr: carries as many calls as it may']);
    expect(ways({ network: withLimit(2), load: using({ 'trunk:gw-kr': 1 }) }).trunks).toEqual([
      'gw-kr',
      'gw-us',
    ]);
  });

  it('so is one that takes no more calls a second, and a full route', () => {
    const slow = { ...seoul, maxCallsPerSecond: 5 };
    const rate = networkOf({ routes: [routeOf('82', slow), routeOf('', newYork)] });
    expect(ways({ network: rate, load: using({ 'trunk:gw-kr': 1 }, 5) }).trunks).toEqual(['gw-us']);
    const route = networkOf({
      routes: [routeOf('82', seoul, { id: 'r', maxCalls: 1 }), routeOf('', newYork)],
    });
    expect(ways({ network: route, load: using({ 'route:r': 1 }) }).trunks).toEqual(['gw-us']);
  });

  it('when all are full the caller is told to try again: 503', () => {
    const network = networkOf({ routes: [routeOf('82', { ...seoul, maxCalls: 1 })] });
    expect(ways({ network, load: using({ 'trunk:gw-kr': 1 }) }).verdict).toMatchObject({
      kind: 'unavailable',
      reason: 'trunks-busy',
      q850: 34,
    });
  });
});

describe('ways that are closed or unwell', () => {
  const hours: Schedule = { days: 31, fromMinute: 480, toMinute: 1_080, timeZone: 'Asia/Seoul' };

  it('a route counts in its hours only; the same trunk may have another at other times', () => {
    const network = networkOf({
      routes: [
        routeOf('82', seoul, { id: 'day', schedule: hours, costMicro: 5n }),
        routeOf('82', newYork, { id: 'night', costMicro: 9n }),
        routeOf('', seoul, { id: 'any' }),
      ],
    });
    // Monday 23 November 2026, 12:00 and 21:00 in Seoul.
    expect(ways({ network, time: Date.UTC(2026, 10, 23, 3) }).trunks).toEqual(['gw-kr', 'gw-us']);
    expect(ways({ network, time: Date.UTC(2026, 10, 23, 12) }).trunks).toEqual(['gw-us', 'gw-kr']);
  });

  it('a trunk that seems dead is tried last, and first when it is the only one', () => {
    const trunkHealth = (id: string) => (id === 'gw-kr' ? 'open' : 'closed');
    expect(ways({ trunkHealth }).trunks).toEqual(['gw-us', 'gw-kr']);
    const network = networkOf({ routes: [routeOf('82', seoul)] });
    expect(ways({ trunkHealth, network }).trunks).toEqual(['gw-kr']);
    expect(ways({ trunkHealth: (id) => (id === 'gw-kr' ? 'half-open' : 'closed') }).trunks[0]).toBe('gw-kr');
  });

  it('a gateway must answer at all within two seconds', () => {
    const { verdict } = ways({});
    const [first] = verdict.kind === 'connect' ? verdict.attempts : [];
    expect(first).toMatchObject({ silentWithin: 1.5 });
  });
});
