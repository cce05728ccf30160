import type { CallEvent } from '../../../src/exchange/domain/call-event.js';
import { legChannelOf } from '../../../src/exchange/domain/ids.js';
import { openCall } from '../../../src/exchange/domain/open-call.js';
import { type CallRecord, recordOf } from '../../../src/exchange/domain/record.js';
import { step } from '../../../src/exchange/domain/step.js';
import type { Decision } from '../../../src/exchange/domain/verdict.js';

export interface Story {
  readonly id: string;
  readonly setUp: CallRecord;
  readonly answered: CallRecord;
  readonly ended: CallRecord;
}

const decision: Decision = {
  account: {
    reading: 'pstn',
    called: '+82262001234',
    steps: [{ step: 'pstn', verdict: 'read', detail: 'national form' }],
    candidates: [],
  },
  verdict: {
    kind: 'connect',
    emergency: false,
    maxSeconds: 3_600,
    called: '+82262001234',
    calling: '0262006100082',
    language: 'ko',
    limits: {},
    attempts: [
      {
        kind: 'ring',
        after: {},
        answerWithin: 120,
        progressWithin: 20,
        legs: [
          {
            kind: 'trunk',
            target: 'gw-kr',
            endpoint: 'PJSIP/0262001234@gw-kr',
            called: '0262001234',
            calling: { number: '0262006100', withheld: false },
          },
        ],
      },
    ],
  },
};

/** A call as the machine itself tells it, one minute after the other: its three saves. */
export function story(n: number): Story {
  const began = Date.parse('2026-05-01T00:00:00Z') + n * 60_000;
  const opened = openCall({
    node: 'n1',
    caller: { channel: `caller-${n}`, number: '', name: '' },
    channelCreatedAt: began,
    at: began,
    origin: {
      kind: 'member',
      memberId: '00000000-0000-7000-8000-000000000001',
      deviceId: '00000000-0000-7000-8000-000000000002',
      country: 'KR',
      username: 'lab-a',
    },
    dialled: "0262001234'; DROP TABLE call; --",
  });
  let call = opened.call;
  const tell = (...events: readonly CallEvent[]): CallRecord => {
    for (const event of events) call = step(call, event).call;
    return recordOf(call);
  };
  const leg = legChannelOf(call.id, 1, 1);
  const setUp = tell({ type: 'routed', decision });
  const answered = tell(
    { type: 'bridge.ready' },
    { type: 'leg.created', leg, at: began + 10 },
    { type: 'leg.joined', leg },
    { type: 'money.granted', now: began + 20 },
    { type: 'saved', version: 1 },
    { type: 'leg.ringing', leg, at: began + 1_000 },
    { type: 'leg.answered', leg, at: began + 5_000 },
  );
  const ended = tell(
    { type: 'caller.ended', at: began + 65_000 },
    { type: 'leg.ended', leg, at: began + 65_010, q850: 16 },
  );
  return { id: call.id, setUp, answered, ended };
}
