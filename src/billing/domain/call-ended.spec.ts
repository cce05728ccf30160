import { describe, expect, it } from '@jest/globals';
import { type CallEnded, callEnded } from './call-ended.js';
import { accruedTalks, chargedTalk } from './talks.js';

const callId = '019a0000-0000-7000-8000-000000000001';
const memberId = '019a0000-0000-7000-8000-000000000002';
const leg = {
  leg: 0,
  kind: 'trunk' as const,
  target: 'kr-gateway',
  e164: '+82262006200',
  answeredAt: 10_000,
  endedAt: 70_500,
};
const ended = (changes: Partial<CallEnded> = {}): CallEnded =>
  callEnded.parse({
    callId,
    memberId,
    reading: 'pstn',
    called: '+82262006200',
    onNet: false,
    answeredAt: 10_000,
    endedAt: 70_000,
    billable: true,
    legs: [leg],
    ...changes,
  });

describe('an ended call', () => {
  it('is charged from its answer to its end, its leg from the leg’s answer to the leg’s end', () => {
    expect(chargedTalk(ended())).toMatchObject({ callId, memberId, durationMs: 60_000 });
    expect(accruedTalks(ended())).toMatchObject([{ callId, trunkId: 'kr-gateway', durationMs: 60_500 }]);
  });

  it.each([
    ['it came in by a trunk', { memberId: null }],
    ['it was never answered', { answeredAt: null }],
    ['it is not billable', { billable: false }],
  ])('is charged to nobody when %s', (_, changes) => {
    expect(chargedTalk(ended(changes))).toBeUndefined();
  });

  it('owes carriers every answered leg, also of an emergency call, and no other', () => {
    const legs = [
      leg,
      { ...leg, leg: 1, answeredAt: null },
      { ...leg, leg: 2, kind: 'device' as const, target: 'lab-a' },
      { ...leg, leg: 3 },
    ];
    expect(accruedTalks(ended({ billable: false, legs })).map((talk) => talk.leg)).toEqual([0, 3]);
  });

  it('lasts 0 ms, never less, when the end is noted before the answer', () => {
    expect(chargedTalk(ended({ endedAt: 9_000 }))?.durationMs).toBe(0);
  });

  it.each([
    ['a number without +', { called: '82262006200' }],
    ['a fraction of a millisecond', { endedAt: 70_000.5 }],
    ['an id that is none', { callId: 'x' }],
  ])('is refused with %s', (_, changes) => {
    expect(callEnded.safeParse({ ...ended(), ...changes }).success).toBe(false);
  });
});
