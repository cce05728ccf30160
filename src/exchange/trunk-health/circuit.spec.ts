import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, type Circuit, type Sign, stateOf, wellCircuit } from './circuit.js';

const through = (signs: readonly (readonly [number, Sign])[], from: Circuit = wellCircuit): Circuit =>
  signs.reduce((circuit, [second, sign]) => after(circuit, sign, second * 1_000), from);
const at = (circuit: Circuit, second: number) => stateOf(circuit, second * 1_000);

describe('the circuit of a trunk', () => {
  it('opens at the third trouble in a row, not at the second', () => {
    expect(
      at(
        through([
          [0, 'trouble'],
          [1, 'trouble'],
        ]),
        1,
      ),
    ).toBe('closed');
    expect(
      at(
        through([
          [0, 'trouble'],
          [1, 'trouble'],
          [2, 'trouble'],
        ]),
        2,
      ),
    ).toBe('open');
  });

  it('a sign of life between troubles starts the count anew', () => {
    const signs = [
      [0, 'trouble'],
      [1, 'trouble'],
      [2, 'well'],
      [3, 'trouble'],
      [4, 'trouble'],
    ] as const;
    expect(at(through(signs), 4)).toBe('closed');
  });

  it('opens at once when it is dead', () => {
    expect(at(through([[0, 'dead']]), 0)).toBe('open');
  });

  it('is half-open after its pause; the next call closes it, or opens it for twice as long', () => {
    const opened = through([[0, 'dead']]);
    expect([at(opened, 14.9), at(opened, 15)]).toEqual(['open', 'half-open']);
    expect(at(through([[16, 'well']], opened), 16)).toBe('closed');
    const again = through([[16, 'trouble']], opened);
    expect([at(again, 45.9), at(again, 46)]).toEqual(['open', 'half-open']);
  });

  it('late news of calls that were under way when it opened do not lengthen the pause', () => {
    expect(
      at(
        through([
          [0, 'dead'],
          [5, 'dead'],
          [9, 'trouble'],
        ]),
        15,
      ),
    ).toBe('half-open');
  });

  it('stays open while OPTIONS are not answered, and is half-open when they are again', () => {
    const away = through([[0, 'unreachable']]);
    expect(at(away, 10_000)).toBe('open');
    expect(at(through([[10_000, 'reachable']], away), 10_000)).toBe('half-open');
  });

  it('OPTIONS that are answered say nothing about a trunk that refuses calls', () => {
    expect(
      at(
        through([
          [0, 'dead'],
          [1, 'reachable'],
        ]),
        1,
      ),
    ).toBe('open');
  });

  it('never pauses longer than five minutes, and always ends well after a sign of life', () => {
    const signs = fc.array(
      fc.tuple(fc.nat(100_000), fc.constantFrom<Sign>('well', 'trouble', 'dead', 'unreachable', 'reachable')),
    );
    fc.assert(
      fc.property(signs, (some) => {
        const ordered = some.toSorted(([a], [b]) => a - b);
        const circuit = through(ordered);
        const last = ordered.at(-1)?.[0] ?? 0;
        const pausing = (circuit.openUntil ?? 0) - last * 1_000;
        expect(pausing).toBeLessThanOrEqual(300_000);
        expect(at(through([[last, 'well']], circuit), last)).toBe('closed');
      }),
    );
  });
});
