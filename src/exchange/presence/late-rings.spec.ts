import { describe, expect, it } from '@jest/globals';
import type { Sql } from '../../infra/db/sql.js';
import type { CallEvent } from '../domain/call-event.js';
import { ring, Told, trying } from '../domain/step.fixture.js';
import { LateRings } from './late-rings.js';

const WAKES = { member: 'lee', called: '1', calling: { withheld: false } } as const;

/** Lee's telephones that are registered, and what the exchange is told and wants. */
function world() {
  const on: string[] = [];
  const told: [string, CallEvent][] = [];
  const wanted: string[] = [];
  const rings = new LateRings({
    sql: { rows: async () => on.map((username) => ({ username })) } as unknown as Sql,
    devices: {
      want: async (id) => void wanted.push(`+${id}`),
      release: (id) => void wanted.push(`-${id}`),
    },
    log: { warn: (fields) => expect(fields).toBeUndefined() },
    tell: (id, event) => told.push([id, event]),
  });
  return { on, told, wanted, rings };
}
const rest = () => new Promise((resolve) => setImmediate(resolve));
const waking = () => new Told().tell(trying([ring([], { wakes: WAKES })]), { type: 'saved', version: 1 });

describe('telephones that come on while a call wakes their owner', () => {
  it('given_one_is_registered_when_the_call_begins_or_later_then_the_call_is_told', async () => {
    const { on, told, wanted, rings } = world();
    const { call } = waking();
    rings.watch.moved?.(new Told().call, call);
    await rest();
    expect({ told, wanted }).toEqual({ told: [], wanted: ['+lee'] });
    on.push('browser');
    rings.registered();
    await rest();
    expect(told).toEqual([[call.id, { type: 'member.woken', devices: ['browser'] }]]);
  });

  it('given_the_call_talks_or_is_over_then_nobody_is_looked_for', async () => {
    const { on, told, wanted, rings } = world();
    const call = waking();
    const before = call.call;
    rings.watch.adopted?.(before);
    rings.watch.moved?.(before, call.tell({ type: 'caller.ended', at: 2_000 }).call);
    on.push('browser');
    rings.registered();
    await rest();
    expect({ told, wanted, left: rings.size }).toEqual({ told: [], wanted: ['+lee', '-lee'], left: 0 });
  });

  it('given_calls_that_wake_nobody_then_they_cost_nothing', async () => {
    const { wanted, rings } = world();
    const ordinary = new Told();
    const before = ordinary.call;
    rings.watch.moved?.(before, ordinary.tell(trying([ring([])])).call);
    await rest();
    expect({ wanted, size: rings.size }).toEqual({ wanted: [], size: 0 });
  });
});
