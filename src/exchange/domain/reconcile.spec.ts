import { describe, expect, it } from '@jest/globals';
import type { Call } from './call.js';
import type { CallEvent } from './call-event.js';
import { huntingOn } from './hunt.js';
import { bridgeOf, legChannelOf } from './ids.js';
import { openCall } from './open-call.js';
import { type Evidence, type Look, reconcile, type SeenChannel } from './reconcile.js';
import { recordOf } from './record.js';
import { step } from './step.js';
import { stepAll } from './step-all.js';

const leg = (target: string) =>
  ({
    kind: 'trunk',
    target,
    endpoint: `PJSIP/1@${target}`,
    called: '1',
    calling: { withheld: false },
  }) as const;

/** A call over two gateways in turn, told so far. */
function callAfter(...events: readonly CallEvent[]): Call {
  let { call } = openCall({
    node: 'n1',
    caller: { channel: 'caller', number: '', name: '' },
    channelCreatedAt: 1_000,
    at: 1_000,
    origin: { kind: 'trunk', trunkId: 'gw', country: 'KR' },
    dialled: '1',
  });
  const attempts = ['gw1', 'gw2'].map((target, at) => ({
    kind: 'ring' as const,
    legs: [leg(target)],
    answerWithin: 120,
    progressWithin: 20,
    after: huntingOn('trunk', at === 0 ? 2 : undefined),
  }));
  const told = { called: '1', language: 'en', limits: {} };
  const verdict = { kind: 'connect', emergency: false, maxSeconds: 600, ...told, attempts } as const;
  const routed: CallEvent = { type: 'routed', decision: { account: { steps: [], candidates: [] }, verdict } };
  for (const event of [routed, ...events]) call = step(call, event).call;
  return call;
}
const ID = callAfter().id;
const [ONE, TWO, BRIDGE] = [legChannelOf(ID, 1, 1), legChannelOf(ID, 2, 1), bridgeOf(ID)];
const setUp = callAfter();
const talking = callAfter(
  { type: 'money.granted', now: 1_005 },
  { type: 'bridge.ready' },
  { type: 'leg.created', leg: ONE, at: 1_010 },
  { type: 'leg.joined', leg: ONE },
  { type: 'saved', version: 1 },
  { type: 'leg.answered', leg: ONE, at: 5_000 },
);

const up: SeenChannel = { createdAt: 1_010, up: true, ringing: false, inApp: true };
const look = (
  channels: Record<string, SeenChannel>,
  bridges: Record<string, string[]>,
  more: Partial<Look> = {},
): Look => ({
  at: 100_000,
  startedAt: 0,
  channels: new Map(Object.entries(channels)),
  bridges: new Map(Object.entries(bridges)),
  ...more,
});
const known = { call: (id: string) => id === ID, caller: (channel: string) => channel === 'caller' };
const compare = (seen: Look, call: Call | undefined, evidence: Record<string, Evidence> = {}) =>
  reconcile(seen, call === undefined ? [] : [call], new Map(Object.entries(evidence)), known);
const mended = (seen: Look, call: Call, evidence: Record<string, Evidence> = {}) =>
  stepAll(call, compare(seen, call, evidence).events.get(call.id) ?? []);

describe('reconcile', () => {
  it('finds nothing to do when a talking call is whole', () => {
    const { call, effects } = mended(look({ caller: up, [ONE]: up }, { [BRIDGE]: ['caller', ONE] }), talking);
    expect(call).toBe(talking);
    expect(effects).toEqual([]);
  });

  it("ends a call whose caller went unseen, at the log's time, and hangs up who sits alone", () => {
    const { call, effects } = mended(look({ [ONE]: up }, { [BRIDGE]: [ONE] }), talking, {
      caller: { createdAt: 1_000, answeredAt: 5_000, endedAt: 42_000, q850: 16 },
    });
    expect(call).toMatchObject({ state: 'clearing', ending: { by: 'caller', reason: 'hangup', at: 42_000 } });
    expect(effects).toContainEqual({ do: 'hangup', channel: ONE, q850: 16 });
  });

  it('tells who hung up first when both are gone', () => {
    const gone = look({}, { [BRIDGE]: [] });
    const { call } = mended(gone, talking, {
      caller: { endedAt: 42_001, q850: 16 },
      [ONE]: { endedAt: 42_000, q850: 16 },
    });
    expect(recordOf(call)).toMatchObject({ endedBy: 'callee', reason: 'hangup', endedAt: 42_000 });
  });

  it('learns of an answer and an end that both happened unseen', () => {
    const { call } = mended(look({}, {}), setUp, {
      caller: { endedAt: 60_000, q850: 16 },
      [ONE]: { createdAt: 1_010, answeredAt: 9_000, endedAt: 60_010, q850: 16 },
    });
    expect(recordOf(call)).toMatchObject({
      state: 'ended',
      answeredAt: 9_000,
      endedAt: 60_000,
      endedBy: 'caller',
      billable: true,
    });
  });

  it('takes up an attempt that the record does not know of yet, and never rings the first again', () => {
    const seen = look(
      { caller: { ...up, up: false }, [TWO]: { ...up, createdAt: 3_000 } },
      { [BRIDGE]: ['caller', TWO] },
    );
    const { call, effects } = mended(seen, setUp, {
      [ONE]: { createdAt: 1_010, endedAt: 2_900, q850: 34 },
      [TWO]: { createdAt: 3_000, answeredAt: 8_000 },
    });
    expect(call).toMatchObject({ state: 'talking', attempt: 2, answeredAt: 8_000 });
    expect(effects.filter(({ do: deed }) => deed === 'create-leg' || deed === 'dial')).toEqual([]);
  });

  it('does not believe a log that was read later than the look: a leg made in between is not gone', () => {
    const seen = look({ caller: up, [ONE]: up }, { [BRIDGE]: ['caller', ONE] });
    expect(mended(seen, talking, { [TWO]: { createdAt: 99_999 } }).call).toBe(talking);
  });

  it('goes on to the next attempt when the first leg was never made', () => {
    const { call, effects } = mended(look({ caller: { ...up, up: false } }, { [BRIDGE]: [] }), setUp);
    expect(call.attempt).toBe(2);
    expect(effects).toContainEqual(expect.objectContaining({ do: 'create-leg' }));
  });

  it('closes all when Asterisk was started anew, with the time at which it was lost', () => {
    const seen = look({}, {}, { startedAt: 50_000, lostAt: 48_000 });
    const { call } = mended(seen, talking);
    expect(recordOf(call)).toMatchObject({ endedBy: 'node-lost', endedAt: 48_000, q850: 41 });
  });

  it("takes the last sign of life where nothing says when a channel went, and says 'lost'", () => {
    const seen = look({}, { [BRIDGE]: [] }, { wholeAt: new Map([[ID, 70_000]]) });
    expect(recordOf(mended(seen, talking).call)).toMatchObject({
      endedBy: 'network',
      reason: 'lost',
      endedAt: 70_000,
    });
  });

  it('gives commands again that had no effect', () => {
    const joining = callAfter(
      { type: 'bridge.ready' },
      { type: 'leg.created', leg: ONE, at: 1_010 },
      { type: 'saved', version: 1 },
      { type: 'money.granted', now: 1_012 },
    );
    const seen = look({ caller: { ...up, up: false }, [ONE]: { ...up, up: false } }, { [BRIDGE]: [] });
    expect(mended(seen, joining).effects).toContainEqual(expect.objectContaining({ do: 'join', leg: ONE }));
  });

  it('hangs up legs without a call, finds callers nobody knows and empty bridges, and leaves others alone', () => {
    const stranger = legChannelOf('01a208cc-1d71-75a6-a3d3-3ce9009fb67d', 1, 1);
    const seen = look(
      { [stranger]: up, 'caller-2': up, caller: up, elsewhere: { ...up, inApp: false } },
      { [bridgeOf('01a208cc-1d71-75a6-a3d3-3ce9009fb67d')]: [], 'not-ours': [] },
    );
    expect(compare(seen, undefined)).toMatchObject({
      strangers: [stranger],
      unclaimed: ['caller-2'],
      leftovers: [bridgeOf('01a208cc-1d71-75a6-a3d3-3ce9009fb67d')],
    });
  });
});
