import { describe, expect, it } from '@jest/globals';
import { playbackOf } from './ids.js';
import { endedAtOf, recordOf } from './record.js';
import { decided, fromMember, fromTrunk, leg, ring, Told, trying } from './step.fixture.js';

const unallocated = decided({
  kind: 'refuse',
  reason: 'unallocated-number',
  q850: 1,
  language: 'ja-JP',
});
const hungUp = (told: Told) => told.did('hangup').map(({ channel, q850 }) => [channel, q850]);

describe('a caller whose call is refused', () => {
  it('is told why in his language, unanswered, then gets the cause', () => {
    const told = new Told(fromMember).tell(unallocated);
    expect(told.call.state).toBe('refusing');
    expect(told.did('announce')).toEqual([
      {
        do: 'announce',
        channel: 'caller',
        playback: playbackOf(told.call.id),
        media: 'sound:anydial/unallocated',
        language: 'ja',
      },
    ]);
    expect(hungUp(told)).toEqual([]);
    told.tell({ type: 'announcement.ended', failed: false });
    expect(hungUp(told)).toEqual([['caller', 1]]);
    told.tell({ type: 'caller.ended', at: 6_000 });
    expect(recordOf(told.call)).toMatchObject({
      state: 'ended',
      reason: 'unallocated-number',
      sip: 404,
      answeredAt: null,
      billable: false,
      endedAt: 6_000,
    });
  });

  it('is not kept waiting for his cause longer than twelve seconds', () => {
    const told = new Told(fromMember).tell(unallocated);
    expect(told.did('start-timer')).toMatchObject([{ timer: 'announcement', seconds: 12 }]);
    expect(hungUp(told.tell({ type: 'timer.fired', timer: 'announcement', attempt: 0 }))).toEqual([
      ['caller', 1],
    ]);
  });

  it('may hang up before it is said: the record has the reason, and the 487 that his phone got', () => {
    const told = new Told(fromMember).tell(unallocated, { type: 'caller.ended', at: 2_500 });
    expect(told.call.state).toBe('ended');
    expect(told.call.ending).toMatchObject({ reason: 'unallocated-number', sip: 487 });
    expect(endedAtOf(told.call)).toBe(2_500);
    expect(hungUp(told)).toEqual([]);
  });

  it('is waited for a moment when it breaks off: most likely he has hung up', () => {
    const told = new Told(fromMember).tell(unallocated, { type: 'announcement.ended', failed: true });
    expect(told.call.state).toBe('refusing');
    expect(told.did('start-timer').at(-1)).toMatchObject({ timer: 'announcement', seconds: 0.5 });
  });

  it('gets the cause alone when he calls from another network', () => {
    const told = new Told(fromTrunk).tell(unallocated);
    expect(told.call.state).toBe('clearing');
    expect(hungUp(told)).toEqual([['caller', 1]]);
  });
});

describe('a caller whose attempts all failed', () => {
  const failing = (q850: number, sip: number, told = new Told(fromMember)) =>
    told
      .dialled(trying([ring([leg('trunk')])]))
      .tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850, sip });

  it.each([
    [1, 404, 'unallocated'],
    [34, 503, 'no-route'],
    [20, 480, 'unreachable'],
    [21, 603, 'declined'],
  ])('with %i (SIP %i) is told "%s", out of the bridge in which he waited', (q850, sip, name) => {
    const told = failing(q850, sip);
    expect(told.did('announce')).toMatchObject([
      { media: `sound:anydial/${name}`, bridge: `${told.call.id}.b` },
    ]);
  });

  it('because the person is busy or does not answer hears only the tone of his own phone', () => {
    expect(failing(17, 486).call.state).toBe('clearing');
    const rung = new Told(fromMember).dialled(trying([ring([leg('device')])]));
    rung.tell(
      { type: 'leg.ringing', leg: rung.leg(), at: 1_200 },
      { type: 'leg.ended', leg: rung.leg(), at: 46_000, q850: 19, sip: 480 },
    );
    expect(rung.call).toMatchObject({ state: 'clearing', ending: { reason: 'no-answer' } });
  });

  it("is not told twice what the far network's own voice has told him", () => {
    const told = new Told(fromMember).dialled(trying([ring([leg('trunk')])]));
    told.tell(
      { type: 'leg.progress', leg: told.leg(), at: 1_200 },
      { type: 'leg.ended', leg: told.leg(), at: 9_000, q850: 1, sip: 404 },
    );
    expect(told.call).toMatchObject({ state: 'clearing', ending: { reason: 'unallocated' } });
  });

  it('with a call for help is not held up by words', () => {
    const told = new Told(fromMember);
    told.tell(trying([ring([leg('trunk')])], { emergency: true }));
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850: 34 });
    expect(told.call.state).toBe('clearing');
  });
});
