import type { Clock } from '../../kernel/clock.js';
import type { PageEvent } from '../http/events/page-event.js';

/** The topic of background jobs. */
export const JOBS_TOPIC = 'jobs';
const TOGETHER_MS = 1_000;

/** Says once a second at most that jobs were done or failed, while any are. */
export function jobNews(tell: (event: PageEvent) => void, clock: Clock): (queue: string) => void {
  const changed = new Set<string>();
  const send = () => {
    const queues = [...changed].toSorted().slice(0, 100);
    changed.clear();
    tell({ at: [{ topic: JOBS_TOPIC, key: 'all' }], type: 'jobs.changed', data: { queues } });
  };
  return (queue) => {
    if (changed.size === 0) clock.after(TOGETHER_MS, send);
    changed.add(queue);
  };
}
