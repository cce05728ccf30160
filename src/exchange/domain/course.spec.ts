import { describe, expect, it } from '@jest/globals';
import { inLine, type RingStop, type Stop } from './course.js';

const ring = (name: string, onward: RingStop['onward'] = {}): RingStop => ({
  kind: 'ring',
  legs: [{ kind: 'device', target: name, endpoint: name, called: '', calling: { withheld: true } }],
  answerWithin: 1,
  progressWithin: 1,
  onward,
});
const echo: Stop = { kind: 'serve', service: { name: 'echo', language: 'en' } };
const names = (start: Stop) =>
  inLine(start).map((attempt) =>
    attempt.kind === 'serve' ? attempt.service.name : [attempt.legs[0]?.target, attempt.after],
  );

describe('a course in line', () => {
  it('lists each stop once, later than all that lead to it', () => {
    const last = ring('last', { busy: echo });
    const second = ring('second', { busy: echo, 'no-answer': last });
    expect(names(ring('first', { 'no-answer': last, failed: second }))).toEqual([
      ['first', { 'no-answer': 3, failed: 2 }],
      ['second', { 'no-answer': 3, busy: 4 }],
      ['last', { busy: 4 }],
      'echo',
    ]);
  });

  it('ends where no caller would wait any longer', () => {
    let stop = ring('100');
    for (let at = 99; at >= 0; at--) stop = ring(String(at), { failed: stop });
    const line = inLine(stop);
    expect(line).toHaveLength(24);
    expect(line.at(-1)).toMatchObject({ after: {} });
  });
});
