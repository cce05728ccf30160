import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign } from './assign.js';
import type { IdleAgent, QueueFacts, WaitingCall } from './facts.js';
import { fitNow } from './fit.js';
import { AT, rule, someAgents, someCalls, someQueues } from './queue.fixture.js';
import { QueueBook } from './queue-book.js';

function bookOf(queues: readonly QueueFacts[], agents: readonly IdleAgent[], calls: readonly WaitingCall[]) {
  const book = new QueueBook();
  book.setQueues(queues);
  for (const call of calls) book.wait(call);
  for (const agent of agents) book.idle(agent);
  return book;
}

const world = [someQueues, someAgents, someCalls] as const;
const mapOf = (queues: readonly QueueFacts[]) => new Map(queues.map((queue) => [queue.id, queue]));

describe('the decision of queues', () => {
  it('given_anybody_waits_then_the_book_decides_what_the_plain_rule_says', () => {
    fc.assert(
      fc.property(...world, (queues, agents, calls) => {
        expect(bookOf(queues, agents, calls).decide(AT)).toEqual(assign(calls, agents, mapOf(queues), AT));
      }),
      { numRuns: 1_000 },
    );
  });

  it('given_it_is_decided_then_no_agent_is_idle_who_could_take_one_who_waits', () => {
    fc.assert(
      fc.property(...world, (queues, agents, calls) => {
        const decided = bookOf(queues, agents, calls).decide(AT);
        const idle = agents.filter(({ id }) => !decided.some(({ agentId }) => agentId === id));
        const waiting = calls.filter(({ id }) => !decided.some(({ callId }) => callId === id));
        for (const agent of idle)
          for (const call of waiting) expect(fitNow(agent, call, mapOf(queues), AT)).toBeUndefined();
      }),
    );
  });

  it('given_it_is_decided_then_each_agent_has_one_call_and_each_call_one_agent_who_may_take_it', () => {
    fc.assert(
      fc.property(...world, (queues, agents, calls) => {
        const decided = bookOf(queues, agents, calls).decide(AT);
        expect(new Set(decided.map(({ agentId }) => agentId)).size).toBe(decided.length);
        expect(new Set(decided.map(({ callId }) => callId)).size).toBe(decided.length);
        for (const { callId, agentId } of decided) {
          const call = calls.find(({ id }) => id === callId) as WaitingCall;
          const agent = agents.find(({ id }) => id === agentId) as IdleAgent;
          expect(fitNow(agent, call, mapOf(queues), AT)).toBeDefined();
        }
      }),
    );
  });

  it('given_the_same_facts_in_another_order_and_after_other_events_then_it_decides_the_same', () => {
    fc.assert(
      fc.property(
        ...world,
        fc.infiniteStream(fc.integer({ min: 0, max: 99 })),
        (queues, agents, calls, dice) => {
          const shuffled = <T>(all: readonly T[]): readonly T[] =>
            all
              .map((one) => ({ one, by: Number(dice.next().value) }))
              .sort((a, b) => a.by - b.by)
              .map(({ one }) => one);
          const book = new QueueBook();
          for (const agent of shuffled(agents)) book.idle({ ...agent, queues: shuffled(agent.queues) });
          for (const call of shuffled(calls)) book.wait({ ...call, queueId: 'tokyo', priority: 0 });
          book.setQueues(shuffled(queues));
          for (const call of shuffled(calls)) book.wait(call);
          for (const agent of shuffled(agents)) {
            book.busy(agent.id);
            book.idle(agent);
          }
          expect(book.decide(AT)).toEqual(bookOf(queues, agents, calls).decide(AT));
        },
      ),
    );
  });

  it('given_somebody_comes_free_again_and_again_while_others_come_then_every_caller_is_taken_in_time', () => {
    const queues: readonly QueueFacts[] = [{ id: 'seoul', rules: [rule('language >= 50')], overflow: [] }];
    const agent = { id: 'a', languages: { ko: 100 }, skills: {}, queues: ['seoul'] };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), (waiters) => {
        const book = bookOf(queues, [], []);
        const old = { id: 'old', queueId: 'seoul', language: 'ko', priority: 0, enteredAt: AT };
        book.wait(old);
        for (let n = 0; n < waiters; n++) book.wait({ ...old, id: `first-${n}`, priority: 2 });
        // Every ten seconds one more important caller comes, and one agent gets free.
        for (let turn = 1; turn <= 20; turn++) {
          const now = AT + turn * 10_000;
          book.wait({ ...old, id: `new-${turn}`, priority: 2, enteredAt: now });
          book.idle({ ...agent, idleSince: now });
          const [taken] = book.decide(now);
          if (taken?.callId === 'old') return;
        }
        throw new Error('he was never taken');
      }),
    );
  });

  it('given_waiting_alone_will_let_somebody_be_taken_then_it_says_when_and_not_before', () => {
    fc.assert(
      fc.property(...world, (queues, agents, calls) => {
        const book = bookOf(queues, agents, calls);
        book.decide(AT);
        const next = book.nextChange(AT);
        const before = (next ?? AT + 86_400_000) - 1;
        if (before > AT) expect(book.decide(before)).toEqual([]);
      }),
    );
  });

  it('given_a_caller_waits_then_his_position_counts_all_before_him_in_his_queue', () => {
    fc.assert(
      fc.property(...world, (queues, _, calls) => {
        const book = bookOf(queues, [], calls);
        for (const { id, queueId } of calls) {
          const place = book.waitingIn(queueId).findIndex((one) => one.id === id);
          expect(book.position(id)).toBe(place + 1);
        }
      }),
    );
  });
});
