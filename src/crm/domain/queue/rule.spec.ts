import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRule } from './parse-rule.js';
import { rule } from './queue.fixture.js';
import { holds, turnsOf } from './rule.js';

const agent = { languages: { ko: 90, en: 40 }, skills: { sales: 30 } };
const takes = (text: string, language = 'ko', seconds = 0) =>
  holds(rule(text), agent, language, seconds * 1_000);

describe('a rule', () => {
  it.each([
    ['language >= 90', true],
    ['language > 90', false],
    ['Korean >= 90', true],
    ['ja >= 1', false],
    ['english = 40 and sales <= 30', true],
    ['unknown-skill > 0', false],
    ['not sales > 30', true],
    ['sales > 30 or english > 30', true],
    // `and` binds closer than `or`.
    ['korean > 0 or sales > 50 and english > 50', true],
    ['(korean > 0 or sales > 50) and english > 50', false],
  ])('%s: %s', (text, expected) => expect(takes(text)).toBe(expected));

  it('given_waiting_time_passes_then_it_relaxes', () => {
    const text = 'wait > 60 s and language >= 40';
    expect(takes(text, 'en', 60)).toBe(false);
    expect(takes(text, 'en', 61)).toBe(true);
    expect(takes('wait < 2 min', 'en', 119)).toBe(true);
    expect(takes('wait < 2 min', 'en', 120)).toBe(false);
  });

  it.each([
    ['', 'it is empty'],
    ['wait > 60', 'ends where s or min after a time should follow'],
    ['wait > 60 s and', 'ends where wait, language, a language or a skill should follow'],
    ['english >= 101', '101 is no level'],
    ['english => 50', 'where a number should be'],
    ['english ! 50', '"!" at character 9 has no meaning'],
    ['(english > 5', 'ends where ")" should follow'],
    ['english > 5 english > 6', 'where and, or, or the end should be'],
    ['wait > 25000 min', 'longer than a day'],
    ['constructor', 'ends where <, <=, =, >= or > should follow'],
    [`${'('.repeat(13)}wait > 1 s${')'.repeat(13)}`, 'more than 12 brackets'],
    ['x'.repeat(301), 'longer than 300'],
  ])('that cannot be read is told where: %s', (text, why) => {
    const parsed = parseRule(text);
    expect(parsed.ok ? '' : parsed.failure.message).toContain(why);
  });

  it('given_a_name_that_every_object_has_then_it_is_a_skill_that_nobody_has', () => {
    expect(takes('constructor >= 1')).toBe(false);
    expect(takes('valueof = 0')).toBe(true);
  });

  it('given_any_text_then_it_is_read_or_refused_but_never_throws', () => {
    const words = fc.constantFrom(
      'wait',
      '>',
      '60',
      's',
      'and',
      'or',
      'not',
      '(',
      ')',
      'english',
      '<=',
      'min',
      '=',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          expect(typeof parseRule(text).ok).toBe('boolean');
        },
      ),
    );
  });

  it('given_a_rule_then_by_waiting_it_changes_at_its_turns_only', () => {
    const text = fc.constantFrom(
      'wait > 3 s and language >= 50',
      'not wait = 2 s',
      'wait < 4 s or wait >= 6 s',
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9_000 }), (one, wait) => {
        const read = rule(one);
        const changed = holds(read, agent, 'ko', wait) !== holds(read, agent, 'ko', wait - 1);
        if (changed) expect(turnsOf(read)).toContain(wait);
      }),
    );
  });
});
