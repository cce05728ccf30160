import { type Assignment, byRank, type IdleAgent, type Time, type WaitingCall } from './facts.js';
import { fitNow, preference, type Queues } from './fit.js';

/**
 * Who is rung with whom, said as plainly as possible: callers in their order, each with the idle agent who suits him best. `QueueBook`
 * decides the same without looking at everybody (the property test compares the two).
 */
export function assign(
  waiting: readonly WaitingCall[],
  agents: readonly IdleAgent[],
  queues: Queues,
  now: Time,
): readonly Assignment[] {
  const idle = new Set(agents);
  return waiting.toSorted(byRank).flatMap((call) => {
    const [best] = [...idle]
      .flatMap((agent) => {
        const fit = fitNow(agent, call, queues, now);
        return fit === undefined ? [] : [{ agent, fit }];
      })
      .sort((a, b) => preference(a.agent, a.fit, b.agent, b.fit));
    if (best === undefined) return [];
    idle.delete(best.agent);
    return [{ callId: call.id, agentId: best.agent.id }];
  });
}
