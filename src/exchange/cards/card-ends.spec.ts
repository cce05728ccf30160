import { describe, expect, it } from '@jest/globals';
import type { Call, Leg } from '../domain/call.js';
import { goneWith, type Left } from './card-ends.js';

const left: Left = { deviceId: 'd', username: 'lab-a', holderId: 'jun', revoked: false };
const legOf = (channel: string, status: Leg['status'], member: string, target = 'lab-a') =>
  ({ channel, status, plan: { kind: 'device', target, member } }) as unknown as Leg;
const callOf = (more: object): Call =>
  ({
    origin: { kind: 'trunk', trunkId: 'gw', country: 'KR' },
    caller: { channel: 'caller' },
    legs: [
      legOf('rings', 'ringing', 'jun'),
      legOf('talks', 'answered', 'jun'),
      legOf('at-home', 'ringing', 'jun', 'lab-jp'),
      legOf('owner', 'ringing', 'ara'),
    ],
    ...more,
  }) as unknown as Call;
const his = { kind: 'member', memberId: 'jun', deviceId: 'd', username: 'lab-a', country: 'KR' };
const gone = (call: Call, revoked: boolean) => goneWith(call, { ...left, revoked });

describe('what ends with a card', () => {
  it('given_it_is_taken_out_then_whoever_is_rung_there_for_its_holder_is_not_and_talks_go_on', () => {
    expect(gone(callOf({ origin: his }), false)).toEqual([{ channel: 'rings', cause: 19 }]);
  });
  it('given_it_is_revoked_then_talks_there_on_his_account_end_too', () => {
    expect(gone(callOf({ origin: his }), true)).toEqual([
      { channel: 'rings', cause: 19 },
      { channel: 'talks', cause: 16 },
      { channel: 'caller', cause: 16 },
    ]);
  });
  it('given_a_call_for_help_then_it_goes_on', () =>
    expect(gone(callOf({ origin: his, plan: { emergency: true } }), true)).toEqual([]));
  it('given_the_owner_of_the_telephone_calls_then_he_goes_on', () => {
    const owners = callOf({ origin: { ...his, memberId: 'ara' }, legs: [] });
    expect(gone(owners, true)).toEqual([]);
  });
});
