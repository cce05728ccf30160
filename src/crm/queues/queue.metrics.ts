import type { Registry } from 'prom-client';
import { figure, figures } from '../../infra/metrics/figures.js';
import type { Clock } from '../../kernel/clock.js';
import type { House } from './house.js';

/** Who waits and who works, over all queues: companies make queues as they like, so no label names one. */
export function watchQueues(
  registry: Registry,
  house: Pick<House, 'visits' | 'agents'>,
  clock: Pick<Clock, 'now'>,
): void {
  const waiting = () => [...house.visits.values()].filter(({ state }) => state === 'waiting');
  figures(
    registry,
    {
      name: 'anydial_queue_callers',
      help: 'Callers of queues by state and language',
      labels: ['state', 'language'],
    },
    () =>
      [...house.visits.values()]
        .filter(({ state }) => state !== 'ended')
        .map(({ state, language }) => [{ state, language: language ?? 'unknown' }, 1] as const),
  );
  figure(registry, 'anydial_queue_longest_wait_seconds', 'How long the caller waits who waits longest', () =>
    Math.max(0, ...waiting().map(({ enteredAt }) => (clock.now().getTime() - enteredAt) / 1_000)),
  );
  figures(registry, { name: 'anydial_queue_agents', help: 'Agents by state', labels: ['state'] }, () =>
    [...house.agents.values()].map(({ now }) => [{ state: now.state }, 1] as const),
  );
}
