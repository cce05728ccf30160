import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Heap } from './heap.js';

describe('a heap', () => {
  it('gives what was put in, the smallest first, whatever comes between', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.constant('pop' as const))), (steps) => {
        const heap = new Heap<number>((a, b) => a - b);
        let plain: number[] = [];
        for (const step of steps) {
          if (step !== 'pop') {
            heap.push(step);
            plain = [...plain, step].toSorted((a, b) => a - b);
          } else expect(heap.pop()).toBe(plain.shift());
        }
        for (const one of plain) expect(heap.pop()).toBe(one);
        expect(heap.pop()).toBeUndefined();
      }),
    );
  });
});
