import { describe, expect, it } from '@jest/globals';
import { leg, ring, Told, trying } from './step.fixture.js';

const gateways = trying([
  ring([leg('trunk')], { silentWithin: 1.5, after: { unreachable: 2 } }),
  ring([leg('trunk')]),
]);
const fired = { type: 'timer.fired', timer: 'silent', attempt: 1 } as const;

describe('a far end from which nothing is heard', () => {
  it('is asked after from the moment of dialling, not before', () => {
    const told = new Told().dialled(gateways);
    const timers = told.did('start-timer').filter(({ timer }) => timer === 'silent');
    expect(timers).toEqual([{ do: 'start-timer', timer: 'silent', attempt: 1, seconds: 1.5 }]);
    expect(told.deeds.indexOf('dial')).toBeLessThan(told.effects.indexOf(timers[0] as never));
    expect(told.tell(fired).effects).toEqual([{ do: 'probe', leg: told.leg() }]);
  });

  it('is waited for longer where no other way is left', () => {
    const told = new Told().dialled(trying([ring([leg('trunk')], { silentWithin: 1.5 })]));
    expect(told.did('start-timer')).toContainEqual({
      do: 'start-timer',
      timer: 'silent',
      attempt: 1,
      seconds: 5,
    });
  });

  it('is given up, and the next attempt begins when its channel is gone', () => {
    const told = new Told().dialled(gateways).tell({ type: 'leg.silent', leg: new Told().leg() });
    expect(told.effects).toEqual([{ do: 'hangup', channel: told.leg(), q850: 18 }]);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 2_600, q850: 16 });
    expect(told.call).toMatchObject({ attempt: 2, hunts: [{ attempt: 1, outcome: 'unreachable', next: 2 }] });
    expect(told.deeds).toContain('create-leg');
  });

  it('is left alone when it has said anything at all, or begins to ring before we know', () => {
    const heard = new Told().dialled(gateways).tell({ type: 'leg.heard', leg: new Told().leg() });
    expect(heard.effects).toEqual([]);
    const rings = new Told().dialled(gateways);
    rings.tell({ type: 'leg.ringing', leg: rings.leg(), at: 2_000 });
    expect(rings.tell(fired).effects).toEqual([]);
    expect(rings.tell({ type: 'leg.silent', leg: rings.leg() }).effects).toEqual([]);
  });

  it('of an earlier attempt means nothing to a later one', () => {
    const told = new Told().dialled(gateways);
    told.tell({ type: 'leg.ended', leg: told.leg(), at: 1_500, q850: 20 });
    expect(told.tell(fired).effects).toEqual([]);
  });
});
