import { describe, expect, it } from '@jest/globals';
import type { CallRecord, LegRecord } from './domain/record.js';
import { endedEvent } from './ended-event.js';

const leg = (more: Partial<LegRecord>): LegRecord => ({
  leg: 1,
  channelId: 'c',
  attempt: 1,
  kind: 'trunk',
  target: 'gw-kr',
  called: '0262001234',
  calling: null,
  createdAt: 1,
  ringingAt: null,
  answeredAt: 5,
  endedAt: 9,
  q850: 16,
  sip: null,
  ...more,
});
const record = (called: string, legs: readonly LegRecord[]): CallRecord => ({
  id: 'call',
  version: 3,
  node: 'n',
  state: 'ended',
  origin: 'member',
  callerChannel: 'x',
  memberId: 'kim',
  deviceId: 'd',
  trunkId: null,
  dialled: called,
  reading: 'pin',
  called,
  calling: null,
  startedAt: 1,
  ringingAt: null,
  answeredAt: 5,
  endedAt: 9,
  endedBy: 'caller',
  reason: 'hangup',
  q850: 16,
  sip: null,
  billable: true,
  trace: { steps: [], candidates: [], moves: [] },
  snapshot: null,
  legs,
});

describe('what billing is told of an ended call', () => {
  it('the caller pays for the number that he called', () => {
    const event = endedEvent(record('+82262001234', [leg({ e164: '+82262001234' })]));
    expect(event).toMatchObject({
      memberId: 'kim',
      called: '+82262001234',
      legs: [{ e164: '+82262001234' }],
    });
  });

  it('who had the call sent on pays for where it went; the carrier charges for that number', () => {
    const legs = [
      leg({ leg: 1, kind: 'device', target: 'lab-b', answeredAt: null }),
      leg({ leg: 2, e164: '+12125550100', payer: 'lee' }),
    ];
    expect(endedEvent(record('0262006200082', legs))).toMatchObject({
      memberId: 'lee',
      called: '+12125550100',
      onNet: false,
      legs: [{ e164: null }, { e164: '+12125550100' }],
    });
  });

  it('but not when his own phone answered', () => {
    const legs = [
      leg({ leg: 1, kind: 'device', target: 'lab-b' }),
      leg({ leg: 2, e164: '+12125550100', payer: 'lee', answeredAt: null }),
    ];
    expect(endedEvent(record('0262006200082', legs))).toMatchObject({
      memberId: 'kim',
      called: null,
      onNet: true,
    });
  });
});
