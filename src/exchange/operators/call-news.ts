import type { PageEvent } from '../../infra/http/events/page-event.js';
import type { Clock } from '../../kernel/clock.js';
import type { Call } from '../domain/call.js';
import type { ExchangeWatch } from '../exchange.watch.js';

/** The topic of all calls in progress. */
export const CALLS_TOPIC = 'calls';

/** Changes of this time leave together: a busy exchange tells its pages twice a second, an idle one nothing. */
const TOGETHER_MS = 500;
/** So many fit one NOTIFY. */
const AT_ONCE = 50;

/** What a page of live calls hears of one: enough to move it; whoever does not know it reads the list anew. */
export interface CallNews {
  readonly id: string;
  readonly state: Call['state'];
  /** Milliseconds since 1970. */
  readonly answeredAt: number | null;
}

/** Tells open pages how calls move: the latest of each, many at once. */
export function callNews(
  tell: (...events: readonly PageEvent[]) => void,
  clock: Clock,
): Partial<ExchangeWatch> {
  const changed = new Map<string, CallNews>();
  let waits = false;
  const send = () => {
    waits = false;
    const all = [...changed.values()];
    changed.clear();
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const calls = all.slice(from, from + AT_ONCE).map((news) => ({ ...news }));
      tell({ at: [{ topic: CALLS_TOPIC, key: 'all' }], type: 'calls.moved', data: { calls } });
    }
  };
  return {
    moved: (before, { id, state, answeredAt = null }) => {
      if (before.state === state) return;
      changed.set(id, { id, state, answeredAt });
      if (!waits) clock.after(TOGETHER_MS, send);
      waits = true;
    },
  };
}
