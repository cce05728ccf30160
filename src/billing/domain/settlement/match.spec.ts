import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Match, match, type Tolerance, type Usage } from './match.js';

const tolerance: Tolerance = { clockMs: 5_000, durationMs: 2_000, micros: 100n };
const usage = (changes: Partial<Usage> = {}): Usage => ({
  id: 'x',
  number: '8221234567',
  at: 1_000_000,
  durationMs: 60_000,
  micros: 60_000n,
  ...changes,
});
const kinds = (ours: readonly Usage[], theirs: readonly Usage[], by = tolerance) =>
  [...match(ours, theirs, by)].map(({ kind }) => kind);

describe('matching two statements', () => {
  it.each([
    ['matched', {}],
    ['matched', { at: 1_005_000, durationMs: 62_000, micros: 60_100n }],
    ['duration-differs', { durationMs: 62_001 }],
    ['duration-differs', { durationMs: 120_000, micros: 120_000n }],
    ['rate-differs', { micros: 60_101n }],
    ['rate-differs', { durationMs: 61_000, micros: 59_899n }],
  ] as const)('says %s for %j', (kind, changes) => {
    expect(kinds([usage()], [usage(changes)])).toEqual([kind]);
    expect(kinds([usage(changes)], [usage()])).toEqual([kind]);
  });

  it('tells what only one side has, to the number and to the millisecond of the clocks’ tolerance', () => {
    expect(kinds([usage()], [])).toEqual(['only-ours']);
    expect(kinds([], [usage()])).toEqual(['only-theirs']);
    expect(kinds([usage()], [usage({ number: '8221234568' })]).sort()).toEqual(['only-ours', 'only-theirs']);
    expect(kinds([usage()], [usage({ at: 1_005_001 })]).sort()).toEqual(['only-ours', 'only-theirs']);
    expect(kinds([usage({ at: 1_005_001 })], [usage()]).sort()).toEqual(['only-ours', 'only-theirs']);
  });

  it('takes the nearest in time, then in length, and each record once', () => {
    const found = [
      ...match(
        [usage({ id: 'a' }), usage({ id: 'b', at: 1_002_000 })],
        [
          usage({ id: '1', at: 1_000_500 }),
          usage({ id: '2', at: 1_002_000, durationMs: 30_000 }),
          usage({ id: '3', at: 1_002_000, durationMs: 60_500 }),
        ],
        tolerance,
      ),
    ];
    expect(found.map(pairOf).sort()).toEqual(['-2 only-theirs', 'a1 matched', 'b3 matched']);
  });

  it('refuses statements that are not in the order of time', () => {
    expect(() => kinds([usage({ at: 2 }), usage({ at: 1 })], [])).toThrow('order of time');
  });

  const number = fc.constantFrom('1', '2', '3');
  const side = fc
    .array(
      fc.record({
        number,
        at: fc.integer({ min: 0, max: 60_000 }),
        durationMs: fc.integer({ min: 0, max: 10_000 }),
        micros: fc.bigInt({ min: 0n, max: 500n }),
      }),
      { maxLength: 40 },
    )
    .map((records) =>
      records.sort((a, b) => a.at - b.at).map((record, index): Usage => ({ id: String(index), ...record })),
    );

  it('accounts for every record exactly once, and never pairs what cannot be one call', () => {
    fc.assert(
      fc.property(side, side, (ours, theirs) => {
        const found = [...match(ours, theirs, tolerance)];
        const ids = (of: 'ours' | 'theirs') =>
          found
            .flatMap((one) => (of in one ? [(one as Record<'ours' | 'theirs', Usage>)[of].id] : []))
            .sort();
        expect(ids('ours')).toEqual(ours.map(({ id }) => id).sort());
        expect(ids('theirs')).toEqual(theirs.map(({ id }) => id).sort());
        for (const one of found) {
          if (!('ours' in one) || !('theirs' in one)) continue;
          expect(one.ours.number).toBe(one.theirs.number);
          expect(Math.abs(one.ours.at - one.theirs.at)).toBeLessThanOrEqual(tolerance.clockMs);
        }
      }),
    );
  });

  it('decides as if it had both statements whole: our records in order, each the nearest that is left', () => {
    fc.assert(
      fc.property(side, side, (ours, theirs) => {
        expect([...match(ours, theirs, tolerance)].map(pairOf).sort()).toEqual(naive(ours, theirs).sort());
      }),
    );
  });

  it('matches a statement with itself', () => {
    fc.assert(
      fc.property(side, (records) => {
        const spaced = records.map((record, index) => ({ ...record, at: index * 10_001 }));
        expect(kinds(spaced, spaced).every((kind) => kind === 'matched')).toBe(true);
      }),
    );
  });
});

const pairOf = (one: Match): string =>
  `${'ours' in one ? one.ours.id : '-'}${'theirs' in one ? one.theirs.id : '-'} ${one.kind}`;

/** The rule word by word, with everything in memory. */
function naive(ours: readonly Usage[], theirs: readonly Usage[]): string[] {
  const left = [...theirs];
  const lines = ours.map((our) => {
    const distance = (their: Usage) => Math.abs(their.at - our.at);
    const [best] = left
      .filter((their) => their.number === our.number && distance(their) <= tolerance.clockMs)
      .sort(
        (a, b) =>
          distance(a) - distance(b) ||
          Math.abs(a.durationMs - our.durationMs) - Math.abs(b.durationMs - our.durationMs) ||
          theirs.indexOf(a) - theirs.indexOf(b),
      );
    if (best === undefined) return `${our.id}- only-ours`;
    left.splice(left.indexOf(best), 1);
    const [alone] = match([our], [best], tolerance);
    return `${our.id}${best.id} ${alone?.kind}`;
  });
  return [...lines, ...left.map((their) => `-${their.id} only-theirs`)];
}
