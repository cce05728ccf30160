import { describe, expect, it } from '@jest/globals';
import type { Leg } from './call.js';
import { answerTo, outcomeOf, sipOf } from './causes.js';
import { huntingOn } from './hunt.js';
import { outcomeOfLeg, outcomeToTell } from './outcome-to-tell.js';

/** What Asterisk 22.10.1 reports for a far end's final status [measured], and what the caller must then be told. */
const measured = [
  [486, 17, true, 'busy', 486],
  [600, 17, false, 'busy', 486],
  [603, 21, true, 'declined', 403],
  [404, 1, false, 'unallocated', 404],
  [410, 22, false, 'unallocated', 404],
  [484, 28, false, 'unallocated', 404],
  [480, 19, true, 'no-answer', 480],
  [480, 19, false, 'unreachable', 480],
  [408, 18, false, 'unreachable', 480],
  [488, 58, false, 'unacceptable', 488],
  [500, 38, false, 'congestion', 503],
  [503, 34, false, 'congestion', 503],
  [302, 23, false, 'failed', 503],
] as const;

describe('causes', () => {
  it.each(measured)(
    'reads SIP %i (Q.850 %i, rang: %s) as %s and tells the caller %i',
    (sip, q850, rang, outcome, told) => {
      expect(outcomeOf({ sip, q850, rang })).toBe(outcome);
      expect(answerTo[outcome].sip).toBe(told);
    },
  );

  it('gives each outcome a cause that Asterisk turns into the SIP status it promises', () => {
    for (const [outcome, { q850, sip }] of Object.entries(answerTo)) {
      if (outcome !== 'cancelled') expect([outcome, sipOf(q850)]).toEqual([outcome, sip]);
    }
  });

  it('reads a cause without a SIP status', () => {
    expect(outcomeOf({ q850: 17, rang: false })).toBe('busy');
    expect(outcomeOf({ q850: 19, rang: true })).toBe('no-answer');
    expect(outcomeOf({ q850: 20, rang: false })).toBe('unreachable');
    expect(outcomeOf({ q850: 99, rang: false })).toBe('failed');
  });
});

const ended = (kind: 'device' | 'trunk', sip: number, dropped?: number): Leg => ({
  attempt: 1,
  leg: 1,
  channel: 'c',
  plan: { kind, target: 't', endpoint: 'PJSIP/t', called: '1', calling: { withheld: false } },
  status: 'ended',
  join: 'no',
  q850: 21,
  sip,
  ...(dropped === undefined ? {} : { dropped }),
});

describe('the hunt', () => {
  it('never rings a person again who was busy, declined or did not answer', () => {
    const person = ['busy', 'declined', 'no-answer'] as const;
    for (const kind of ['device', 'trunk'] as const)
      for (const outcome of person) expect(huntingOn(kind, 2)[outcome]).toBeUndefined();
    expect(huntingOn('trunk', 2).unallocated).toBeUndefined();
  });

  it('goes on when the network failed, as long as there is another way', () => {
    for (const outcome of ['unreachable', 'congestion', 'unacceptable', 'failed'] as const) {
      expect(huntingOn('trunk', 2)[outcome]).toBe(2);
      expect(huntingOn('trunk', undefined)[outcome]).toBeUndefined();
    }
  });

  it.each([401, 403, 407])(
    "takes a gateway's %i for its own trouble, a phone's for its owner's word",
    (sip) => {
      expect(outcomeOfLeg(ended('trunk', sip))).toBe('failed');
      expect(outcomeOfLeg(ended('device', sip))).toBe('declined');
    },
  );

  it('tells the most human of several outcomes', () => {
    expect(outcomeToTell(['unreachable', 'busy', 'congestion'])).toBe('busy');
    expect(outcomeToTell(['no-answer', 'declined'])).toBe('declined');
    expect(outcomeToTell([])).toBe('cancelled');
  });
});
