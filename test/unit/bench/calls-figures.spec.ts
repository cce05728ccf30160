import { describe, expect, test } from '@jest/globals';
import { delaysBetween, refusalsIn } from '../../../bench/calls/delays.js';
import { complaintAbout } from '../../../bench/calls/highest-rate.js';
import { summarise } from '../../../bench/calls/measurement.js';
import { countersOf } from '../../../bench/calls/sipp.js';
import { median, percentile, spread } from '../../../bench/calls/statistics.js';
import type { Outcome } from '../../../bench/calls/workload.js';

/** A line as SIPp's -trace_shortmsg writes it. */
const line = (epoch: number, way: 'S' | 'R', cseq: number, first: string, callId = 'id@host') =>
  `2026-11-23\t13:45:15.602722\t${epoch.toFixed(6)}\t${way}\t${callId}\tCSeq:${cseq} INVITE\t${first}\n`;

const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  offered: 2,
  failed: 0,
  refusals: '',
  unrecorded: undefined,
  retransmissions: 0,
  delaysMs: [2, 4],
  cpuMsPerCall: { asterisk: 3, node: 1 },
  sippMsPerCall: 1,
  memoryMb: { asterisk: 50, node: 40 },
  backgroundLoad: 0,
  ...more,
});

describe('the delay of an INVITE', () => {
  test('counts from the INVITE with credentials, not from the one that was challenged', () => {
    const caller =
      line(100, 'S', 1, 'INVITE sip:01020000001@127.0.27.1 SIP/2.0') +
      line(100.001, 'R', 1, 'SIP/2.0 401 Unauthorized') +
      line(100.002, 'S', 2, 'INVITE sip:01020000001@127.0.27.1 SIP/2.0');
    const callee = line(100.007, 'R', 9, 'INVITE sip:+821020000001@127.0.27.11 SIP/2.0');
    expect(delaysBetween(caller, callee)).toEqual([expect.closeTo(5, 3)]);
  });

  test('counts from the first sending when the caller had to repeat it, to the first arrival', () => {
    const caller =
      line(100, 'S', 2, 'INVITE sip:01020000001@127.0.27.1 SIP/2.0') +
      line(100.5, 'S', 2, 'INVITE sip:01020000001@127.0.27.1 SIP/2.0');
    const callee =
      line(100.8, 'R', 9, 'INVITE sip:01020000001@127.0.27.11 SIP/2.0') +
      line(101.3, 'R', 9, 'INVITE sip:01020000001@127.0.27.11 SIP/2.0');
    expect(delaysBetween(caller, callee)).toEqual([expect.closeTo(800, 3)]);
  });

  test('is of the call with that number: calls that overtake each other do not mix', () => {
    const caller =
      line(100, 'S', 2, 'INVITE sip:01020000001@127.0.27.1 SIP/2.0') +
      line(100.01, 'S', 2, 'INVITE sip:01020000002@127.0.27.1 SIP/2.0');
    const callee =
      line(100.013, 'R', 9, 'INVITE sip:01020000002@127.0.27.11 SIP/2.0') +
      line(100.02, 'R', 9, 'INVITE sip:01020000001@127.0.27.11 SIP/2.0');
    expect(delaysBetween(caller, callee)).toEqual([expect.closeTo(3, 3), expect.closeTo(20, 3)]);
  });

  test('is missing for a call that never reached the callee', () => {
    expect(delaysBetween(line(100, 'S', 2, 'INVITE sip:01020000001@127.0.27.1 SIP/2.0'), '')).toEqual([]);
  });
});

describe('refused calls', () => {
  test('are told by SIP status, each call once; the challenge before digest is no refusal', () => {
    const log =
      line(100, 'R', 1, 'SIP/2.0 401 Unauthorized', 'a') +
      line(100.1, 'R', 2, 'SIP/2.0 180 Ringing', 'a') +
      line(100.2, 'R', 2, 'SIP/2.0 503 Service Unavailable', 'a') +
      line(100.7, 'R', 2, 'SIP/2.0 503 Service Unavailable', 'a') +
      line(100.8, 'R', 2, 'SIP/2.0 503 Service Unavailable', 'b') +
      line(100.9, 'R', 2, 'SIP/2.0 486 Busy Here', 'c');
    expect(refusalsIn(log)).toBe('503 x 2, 486 x 1');
  });
});

describe("SIPp's figures", () => {
  test('are the cumulative counters of the last dump', () => {
    const csv =
      'StartTime;SuccessfulCall(P);SuccessfulCall(C);FailedCall(C);\n' + 'a;1;1;0;\n' + 'b;0;40;2;\n';
    expect(countersOf(csv)).toEqual(
      new Map([
        ['SuccessfulCall', 40],
        ['FailedCall', 2],
      ]),
    );
  });
});

describe('statistics', () => {
  test('take percentiles by nearest rank and medians between the two middle values', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile(hundred, 0.99)]).toEqual([
      50, 95, 99,
    ]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(spread([9, 2, 5])).toEqual({ median: 5, min: 2, max: 9 });
  });

  test('of several rounds pool the delays and add up the parts of each round before taking the median', () => {
    const summary = summarise('naive', [
      outcome({ cpuMsPerCall: { asterisk: 3, node: 5 }, failed: 1 }),
      outcome({ cpuMsPerCall: { asterisk: 5, node: 1 }, delaysMs: [6, 8] }),
      outcome({ cpuMsPerCall: { asterisk: 4, node: 3 } }),
    ]);
    expect(summary.totalCpuMsPerCall).toEqual({ median: 7, min: 6, max: 8 });
    expect(summary.cpuMsPerCall.node).toEqual({ median: 3, min: 1, max: 5 });
    expect(summary.delayMs?.p99).toBe(8);
    expect([summary.offered, summary.failed]).toEqual([6, 1]);
  });
});

describe('a rate is held', () => {
  test('when every call succeeded, reached the callee and was passed on within half a second', () => {
    expect(complaintAbout(outcome())).toBeUndefined();
  });

  test.each([
    ['a call failed', { failed: 1 }],
    ['a call left no record', { unrecorded: 1 }],
    ['a call never reached the callee', { delaysMs: [3] }],
    ['INVITEs were kept longer than T1', { delaysMs: [400, 501] }],
  ])('but not when %s', (_, wrong) => {
    expect(complaintAbout(outcome(wrong))).toBeDefined();
  });
});
