import fc from 'fast-check';
import type { IdleAgent, QueueFacts, WaitingCall } from './facts.js';
import { parseRule } from './parse-rule.js';
import type { Rule } from './rule.js';

export function rule(text: string): Rule {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}

const NOW = 1_800_000_000_000;
const QUEUES = ['seoul', 'tokyo', 'new-york'];
const LANGUAGES = ['ko', 'ja', 'en'];

const someRule = fc
  .constantFrom(
    'language >= 50',
    'language >= 90',
    'wait > 60 s and language >= 30',
    'wait < 60 s and english >= 50',
    'wait >= 2 min',
    'not (wait > 30 s) and sales >= 20',
    'wait = 5 s or korean >= 80',
    'language > 0 and (sales >= 40 or wait > 90 s)',
  )
  .map(rule);

const level = fc.constantFrom(0, 20, 40, 60, 80, 100);
const levels = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, level])), { requiredKeys: [] });

export const someQueues: fc.Arbitrary<readonly QueueFacts[]> = fc.tuple(
  ...QUEUES.map((id) =>
    fc
      .record({
        rules: fc.array(someRule, { minLength: 1, maxLength: 3 }),
        skill: fc.option(fc.constant('sales'), { nil: undefined }),
        overflow: fc.array(
          fc.record({
            afterMs: fc.constantFrom(0, 30_000, 120_000),
            queueId: fc.constantFrom(...QUEUES.filter((other) => other !== id)),
          }),
          { maxLength: 2 },
        ),
      })
      .map(({ skill, ...rest }): QueueFacts => ({ id, ...rest, ...(skill === undefined ? {} : { skill }) })),
  ),
);

export const someAgents: fc.Arbitrary<readonly IdleAgent[]> = fc
  .array(
    fc.record({
      languages: levels(LANGUAGES),
      skills: levels(['sales']),
      queues: fc.subarray(QUEUES, { minLength: 1 }),
      idleSince: fc.integer({ min: NOW - 9, max: NOW }),
    }),
    { maxLength: 8 },
  )
  .map((agents) => agents.map((agent, at) => ({ id: `agent-${at}`, ...agent }) as IdleAgent));

export const someCalls: fc.Arbitrary<readonly WaitingCall[]> = fc
  .array(
    fc.record({
      queueId: fc.constantFrom(...QUEUES),
      language: fc.constantFrom(...LANGUAGES),
      priority: fc.integer({ min: 0, max: 2 }),
      enteredAt: fc.oneof(
        fc.integer({ min: NOW - 200_000, max: NOW }),
        fc.constantFrom(
          NOW,
          NOW - 5_000,
          NOW - 30_000,
          NOW - 30_001,
          NOW - 60_000,
          NOW - 60_001,
          NOW - 120_000,
        ),
      ),
      only: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined, freq: 6 }),
    }),
    { maxLength: 12 },
  )
  .map((calls) =>
    calls.map(({ only, ...call }, at) => ({
      id: `call-${at}`,
      ...call,
      ...(only === undefined ? {} : { onlyAgent: `agent-${only}` }),
    })),
  );

export const AT = NOW;
