import { describe, expect, test } from '@jest/globals';
import { policies } from '../policies.js';
import { changedBy, changing } from './changing.js';

describe('what a request changes on pages', () => {
  test.each([
    ['rate-decks.manage', ['rate-decks', 'proposals', 'audit']],
    ['proposals.decide', ['proposals', 'rate-decks', 'settlements', 'audit']],
    ['settlements.approve', ['settlements', 'proposals', 'audit']],
    ['sip-bans.manage', ['sip-bans', 'audit']],
    ['me.manage', ['audit']],
  ])('given_%s_then_its_own_page_those_along_and_the_audit_log_hear_of_it', (policy, topics) => {
    expect(changedBy(policy)).toEqual(topics);
  });

  test('given_any_policy_then_every_topic_named_exists', () => {
    const named = Object.keys(policies).flatMap(changedBy);
    expect(named.filter((topic) => !(topic in changing))).toEqual([]);
    expect(new Set(named)).toEqual(new Set(Object.keys(changing)));
  });
});
