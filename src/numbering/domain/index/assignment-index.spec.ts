import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Assignment } from '../own/assignment.js';
import { ACME, DESK, KIM, pin, vns } from '../vectors/world.js';
import { assignmentIndex } from './assignment-index.js';

const ask = { assignmentKeys: [], e164s: [], domains: [], emails: [] };

function all(): readonly Assignment[] {
  const persons = Array.from({ length: 12 }, (_, i) =>
    pin(
      `02620062${String(i).padStart(2, '0')}082`,
      'KR',
      i % 3 === 0 ? [] : [`+8226200620${i}`, `+1212867530${i}`],
    ),
  );
  const companies = Array.from({ length: 4 }, (_, i) =>
    vns(`6200620${i}`, 'KR', ['KR', 'US'].slice(0, i % 3)),
  );
  return [...persons, ...companies, DESK];
}

describe('the index of sold numbers', () => {
  it('gives back exactly what was put in, by key and by shadow', () => {
    const index = assignmentIndex();
    for (const assignment of all()) index.put(assignment);
    for (const assignment of all()) {
      const e164s = assignment.shadows.map(({ e164 }) => e164);
      const found = index.find({ ...ask, assignmentKeys: [assignment.key], e164s });
      expect(found.assignments.get(assignment.key)).toEqual(assignment);
      for (const e164 of e164s) expect(found.shadows.get(e164)).toEqual(assignment);
    }
    expect(index.size).toBe(all().length);
  });

  it('knows what a map would know, through any puts and removals', () => {
    const change = fc.record({ put: fc.boolean(), at: fc.nat(all().length - 1), shadowless: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const index = assignmentIndex();
        const model = new Map<string, Assignment>();
        for (const { put, at, shadowless } of changes) {
          const whole = all()[at];
          if (whole === undefined) continue;
          const assignment = shadowless ? { ...whole, shadows: [] } : whole;
          if (put) {
            index.put(assignment);
            model.set(assignment.key, assignment);
          } else {
            index.remove(assignment.key);
            model.delete(assignment.key);
          }
        }
        const keys = all().map(({ key }) => key);
        const e164s = all().flatMap(({ shadows }) => shadows.map(({ e164 }) => e164));
        const found = index.find({ ...ask, assignmentKeys: keys, e164s });
        expect(found.assignments).toEqual(model);
        const owners = [...model.values()].flatMap((a) => a.shadows.map(({ e164 }) => [e164, a] as const));
        expect(found.shadows).toEqual(new Map(owners));
        expect(index.size).toBe(model.size);
      }),
    );
  });

  it('lets an E.164 number stand for one number only, and a refused number changes nothing', () => {
    const index = assignmentIndex();
    index.put(KIM);
    const thief = pin('0262006201082', 'KR', ['+82262006200']);
    expect(() => index.put(thief)).toThrow('shadow of 0262006200082 already');
    expect(() => index.put({ ...thief, shadows: [], id: 'no uuid' })).toThrow('not a UUID');
    const twice = { country: 'KR', e164: '+82262006201', verified: true };
    expect(() => index.put({ ...thief, shadows: [twice, twice] })).toThrow('a shadow twice');
    expect(index.size).toBe(1);
    index.put({ ...KIM, shadows: [] });
    index.put(thief);
    expect(index.find({ ...ask, e164s: ['+82262006200'] }).shadows.get('+82262006200')?.key).toBe(thief.key);
  });

  it('knows who owns domains and e-mail addresses until they are removed', () => {
    const index = assignmentIndex();
    index.putDomain('example.com', { holderId: ACME.holderId, verified: true });
    index.putEmail('a@example.com', { holderId: KIM.holderId, verified: true });
    const question = { ...ask, domains: ['example.com', 'example.net'], emails: ['a@example.com'] };
    expect([...index.find(question).domains.keys(), ...index.find(question).emails.keys()]).toEqual([
      'example.com',
      'a@example.com',
    ]);
    index.removeDomain('example.com');
    index.removeEmail('a@example.com');
    expect(index.find(question).domains.size + index.find(question).emails.size).toBe(0);
  });

  it('answers nothing to keys that no number can have', () => {
    const index = assignmentIndex();
    expect(index.find({ ...ask, assignmentKeys: ['1'.repeat(40)], e164s: [] }).assignments.size).toBe(0);
    expect(() => index.remove('never put')).toThrow('not a key');
  });

  it('takes about a hundred bytes for a number with its shadow', () => {
    const index = assignmentIndex();
    const count = 100_000;
    for (let i = 0; i < count; i++) {
      const n = String(10_000_000 + i);
      index.put(pin(`02${n}082`, 'KR', [`+822${n}`]));
    }
    expect(index.bytes / count).toBeLessThan(150);
  });
});
