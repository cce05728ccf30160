import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import type { Call, Leg } from '../domain/call.js';
import { TrunkHealth } from './trunk-health.js';

const leg = (target: string, changes: Partial<Leg>): Leg => ({
  attempt: 1,
  leg: 1,
  channel: target,
  plan: { kind: 'trunk', target, endpoint: `PJSIP/1@${target}`, called: '1', calling: { withheld: true } },
  status: 'dialled',
  join: 'no',
  ...changes,
});
// Nothing else of a call is looked at.
const call = (...legs: readonly Leg[]): Call => ({ legs }) as unknown as Call;

describe('the health of trunks', () => {
  it('learns from legs, each trunk for itself, and says what it thinks once', () => {
    const clock = new ManualClock();
    const said: string[] = [];
    const say = ({ trunk }: { trunk?: string }, message: string) => said.push(`${trunk}: ${message}`);
    const health = new TrunkHealth(clock, { info: say, warn: say });

    const dialled = call(leg('gw-a', {}), leg('gw-b', {}));
    const failed = call(leg('gw-a', { status: 'ended', q850: 18, sip: 408 }), leg('gw-b', { ringingAt: 1 }));
    health.moved(dialled, failed);
    health.moved(failed, failed);
    expect([health.look('gw-a'), health.look('gw-b'), health.look('gw-c')]).toEqual([
      'open',
      'closed',
      'closed',
    ]);
    expect([...health.unwell()]).toEqual([['gw-a', 'open']]);

    clock.advance(15_000);
    expect(health.look('gw-a')).toBe('half-open');
    health.moved(call(leg('gw-a', {})), call(leg('gw-a', { status: 'ringing', ringingAt: 2 })));
    expect(health.look('gw-a')).toBe('closed');
    expect([...health.unwell()]).toEqual([]);
    expect(said).toEqual([
      'gw-a: a trunk is avoided while there are other ways',
      'gw-a: a trunk is tried again',
    ]);
  });
});
