import { describe, expect, it } from '@jest/globals';
import { ladderOf } from './call-ladder.js';
import type { CallLegView, CallTraceView, CallView } from './calls.views.js';

const BEGAN = Date.parse('2026-11-23T17:00:00Z');
const at = (ms: number) => new Date(BEGAN + ms);

const call: CallView = {
  id: '01a208cc-1d71-75a6-a3d3-3ce9009fb67d',
  state: 'ended',
  origin: 'member',
  memberId: 'm',
  deviceId: 'd',
  trunkId: null,
  dialled: '0262001234',
  reading: 'pstn',
  called: '+82262001234',
  calling: '0262006100082',
  startedAt: at(0),
  ringingAt: at(1_600),
  answeredAt: at(2_000),
  endedAt: at(9_000),
  endedBy: 'callee',
  reason: 'hangup',
  q850: 16,
  sip: null,
  billable: true,
  identity: null,
};
const leg = (attempt: number, target: string, more: Partial<CallLegView>): CallLegView => ({
  leg: attempt,
  channelId: `c${attempt}`,
  attempt,
  kind: 'trunk',
  target,
  called: '0262001234',
  calling: null,
  createdAt: at(10),
  ringingAt: null,
  answeredAt: null,
  endedAt: at(1_510),
  q850: 18,
  sip: null,
  ...more,
});
const drawn = (view: Partial<CallTraceView>): readonly string[] =>
  ladderOf({ call, trace: { steps: [], candidates: [], moves: [] }, legs: [], ...view }).split('\n');

describe('the ladder of a call', () => {
  it('shows who said what to whom and when, over two gateways of which the first is dead', () => {
    const legs = [
      leg(1, 'gw-dead', {}),
      leg(2, 'gw-kr', {
        createdAt: at(1_515),
        ringingAt: at(1_600),
        answeredAt: at(2_000),
        endedAt: at(9_000),
        q850: 16,
      }),
    ];
    expect(drawn({ legs })).toEqual([
      'call 01a208cc-1d71-75a6-a3d3-3ce9009fb67d, 2026-11-23T17:00:00.000Z',
      'dialled "0262001234", read as pstn +82262001234',
      '',
      '          caller                exchange              trunk gw-dead         trunk gw-kr',
      '+0.000    |- INVITE 0262001234 >|                     |                     |',
      '+0.010    |                     |- INVITE 0262001234 >|                     |',
      '+1.510    |                     |---- CANCEL (18) --->|                     |',
      '+1.515    |                     |------------ INVITE 0262001234 ----------->|',
      '+1.600    |                     |<---------------- 180/183 -----------------|',
      '+1.600    |<----- 180/183 ------|                     |                     |',
      '+2.000    |                     |<------------------ 200 -------------------|',
      '+2.000    |<------- 200 --------|                     |                     |',
      '+9.000    |                     |<--------------- BYE (16) -----------------|',
      '+9.000    |<------- BYE --------|                     |                     |',
      '',
      'ended by callee: hangup (Q.850 16), talked 7.000 s',
      '',
    ]);
  });

  it('shows an announcement, and the refusal after it', () => {
    const refused: CallView = {
      ...call,
      ringingAt: null,
      answeredAt: null,
      endedAt: at(6_000),
      endedBy: 'exchange',
      reason: 'unallocated-number',
      q850: 1,
      sip: 404,
    };
    const moves = [{ at: BEGAN + 20, from: 'routing', event: 'routed', to: 'refusing' }] as const;
    expect(drawn({ call: refused, trace: { steps: [], candidates: [], moves } }).slice(4)).toEqual([
      '+0.000    |- INVITE 0262001234 >|',
      '+0.020    |<-- 183, told why ---|',
      '+6.000    |<----- 404 (1) ------|',
      '',
      'ended by exchange: unallocated-number (Q.850 1, SIP 404), never answered',
      '',
    ]);
  });

  it('shows a caller who gave up, and a call that is not over', () => {
    const given: CallView = { ...call, answeredAt: null, endedBy: 'caller', reason: 'cancelled', sip: 487 };
    expect(drawn({ call: given }).some((line) => line.includes('CANCEL'))).toBe(true);
    expect(drawn({ call: { ...call, endedAt: null } }).at(-2)).toBe('still open');
  });

  it('draws whatever was dialled within its line', () => {
    const [, , , , first = ''] = drawn({ call: { ...call, dialled: '9'.repeat(200) } });
    expect(first.length).toBeLessThan(40);
  });
});
