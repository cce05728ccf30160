import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { huntingOn } from '../../../src/exchange/domain/hunt.js';
import type { Decision, LegPlan } from '../../../src/exchange/domain/verdict.js';
import { CallWorld } from './call-world.js';

const leg = (kind: 'device' | 'trunk', n: number): LegPlan => ({
  kind,
  target: `t${n}`,
  endpoint: `PJSIP/t${n}`,
  called: '1',
  calling: { withheld: false },
});

const decisions: fc.Arbitrary<Decision> = fc
  .oneof(
    {
      weight: 9,
      arbitrary: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), {
        minLength: 1,
        maxLength: 3,
      }),
    },
    { weight: 1, arbitrary: fc.constant([]) },
  )
  .chain((attempts) =>
    fc.boolean().map(
      (emergency): Decision => ({
        account: { steps: [], candidates: [] },
        verdict:
          attempts.length === 0
            ? { kind: 'refuse', reason: 'unallocated-number', q850: 1, language: 'en' }
            : {
                kind: 'connect',
                emergency,
                maxSeconds: 3600,
                called: '1',
                language: 'en',
                limits: {},
                attempts: attempts.map(([legs, device], at) => ({
                  kind: 'ring',
                  after: huntingOn('trunk', at + 1 < attempts.length ? at + 2 : undefined),
                  answerWithin: 30,
                  progressWithin: 8,
                  legs: Array.from({ length: legs }, (_, n) => leg(device ? 'device' : 'trunk', n)),
                })),
              },
      }),
    ),
  );

/** Plays the stream of choices, then lets everything come to rest. */
function play(decision: Decision, stream: readonly number[], mood: 'orderly' | 'rough'): CallWorld {
  let at = 0;
  const world = new CallWorld(
    decision,
    (options) => (options === 0 ? 0 : (stream[at++] ?? 0) % options),
    mood,
  );
  while (at < stream.length) world.turn();
  world.settle();
  return world;
}

function expectPeace(world: CallWorld): void {
  expect(world.violations).toEqual([]);
  expect([...world.channels.keys(), ...world.bridges.keys()]).toEqual([]);
  expect(world.atRest()).toBe(true);
  expect(world.restingTimers).toBe(0);
  expect(world.endings).toBeLessThanOrEqual(1);
  const record = world.saved;
  if (world.call !== undefined) expect(record).toBeDefined();
  if (record === undefined) return;
  expect(record.endedAt).not.toBeNull();
  const times = [record.startedAt, record.answeredAt ?? record.startedAt, record.endedAt ?? 0];
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const leg of record.legs) {
    const life = [leg.createdAt, leg.answeredAt ?? leg.createdAt, leg.endedAt];
    expect(life).toEqual([...life].sort((a, b) => a - b));
  }
}

const choices = fc.array(fc.nat(), { minLength: 20, maxLength: 400, size: 'max' });

describe('the call machine, whatever the world does to it', () => {
  it('comes to rest by itself when everything is late, twice and out of order, but nothing is lost', () => {
    fc.assert(
      fc.property(decisions, choices, (decision, stream) => {
        const world = play(decision, stream, 'orderly');
        expectPeace(world);
        expect(world.endings).toBe(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('comes to rest after a look when replies, commands and events are lost and it is killed at any point', () => {
    fc.assert(
      fc.property(decisions, choices, (decision, stream) => expectPeace(play(decision, stream, 'rough'))),
      { numRuns: 2_000 },
    );
  });
});
