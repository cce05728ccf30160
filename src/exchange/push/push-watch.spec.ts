import { describe, expect, it } from '@jest/globals';
import type { Call } from '../domain/call.js';
import { type PushNews, pushWatch } from './push-watch.js';

const routing = { id: 'c1', startedAt: 7 } as Call;
const ringing = (changes: object = {}): Call =>
  ({
    ...routing,
    plan: {
      emergency: false,
      attempts: [
        {
          kind: 'ring',
          legs: [
            { kind: 'device', member: 'lee', calling: { number: '0262006100082', withheld: false } },
            { kind: 'device', member: 'lee', calling: { number: '0262006100082', withheld: false } },
            { kind: 'trunk', calling: { withheld: true } },
          ],
        },
      ],
      ...changes,
    },
  }) as unknown as Call;

function told(before: Call, after: Call, wants = () => true): readonly PushNews[] {
  const news: PushNews[] = [];
  pushWatch(wants, (one) => news.push(one)).moved?.(before, after);
  return news;
}

describe('news of a call', () => {
  it('given_a_member_who_wants_it_when_his_telephones_are_about_to_ring_then_it_is_told_once', () => {
    const news = [{ callId: 'c1', memberId: 'lee', from: '0262006100082', at: 7 }];
    expect(told(routing, ringing())).toEqual(news);
    expect(told(ringing(), ringing())).toEqual([]);
  });

  it('given_nobody_wants_it_or_it_is_a_call_for_help_then_it_is_told_to_nobody', () => {
    expect(told(routing, ringing(), () => false)).toEqual([]);
    expect(told(routing, ringing({ emergency: true }))).toEqual([]);
  });
});
