import { describe, expect, it } from '@jest/globals';
import { ladderOf, type TracedCall, type TracedLeg } from './ladder.js';

const at = (ms: number) => new Date(1_795_804_000_000 + ms).toISOString();
const call: TracedCall = {
  id: 'c',
  state: 'ended',
  origin: 'member',
  memberId: 'm',
  trunkId: null,
  dialled: '0262001234',
  reading: 'pstn',
  called: '+82262001234',
  calling: null,
  startedAt: at(0),
  ringingAt: at(1_600),
  answeredAt: at(2_000),
  endedAt: at(9_000),
  endedBy: 'callee',
  reason: 'hangup',
  q850: 16,
  sip: null,
  billable: true,
};
const leg = (target: string, more: Partial<TracedLeg>): TracedLeg => ({
  leg: 1,
  attempt: 1,
  kind: 'trunk',
  target,
  called: '0262001234',
  createdAt: at(10),
  ringingAt: null,
  answeredAt: null,
  endedAt: at(1_500),
  q850: 18,
  sip: null,
  ...more,
});
const names = { caller: 'Caller', exchange: 'Exchange' };
const said = (one: TracedCall, legs: readonly TracedLeg[]) =>
  ladderOf(one, legs, names).rungs.map(
    ({ from, to, text, kind }) => `${from}${kind === 'media' ? '=' : '-'}${to} ${text}`,
  );

describe('the ladder of a call', () => {
  it('given_a_dead_gateway_and_one_that_answers_then_each_message_stands_in_its_order_between_its_two', () => {
    const answers = {
      createdAt: at(1_510),
      ringingAt: at(1_600),
      answeredAt: at(2_000),
      endedAt: at(9_000),
      q850: 16,
    };
    const legs = [leg('gw-dead', {}), leg('gw-kr', { leg: 2, attempt: 2, ...answers })];
    expect(ladderOf(call, legs, names).columns).toEqual(['Caller', 'Exchange', 'gw-dead', 'gw-kr']);
    expect(said(call, legs)).toEqual([
      '0-1 INVITE 0262001234',
      '1-2 INVITE 0262001234',
      '1-2 CANCEL (18)',
      '1-3 INVITE 0262001234',
      '3-1 180/183',
      '1-0 180/183',
      '3-1 200 OK',
      '1=3 RTP',
      '1-0 200 OK',
      '3-1 BYE (16)',
      '1-0 BYE',
    ]);
  });

  it('given_it_was_refused_then_the_caller_gets_status_and_cause_and_it_is_marked', () => {
    const refused = { ...call, ringingAt: null, answeredAt: null, endedBy: 'exchange', sip: 404, q850: 1 };
    const { rungs } = ladderOf(refused, [], names);
    expect(rungs.at(-1)).toMatchObject({ from: 1, to: 0, text: '404 (1)', kind: 'failure' });
  });

  it('given_an_order_of_ours_then_nobody_is_at_the_callers_end', () => {
    expect(said({ ...call, origin: 'order' }, [leg('lab-a', {})])).toEqual([
      '1-2 INVITE 0262001234',
      '1-2 CANCEL (18)',
    ]);
  });
});
