import { useSearchParams } from 'react-router';
import { type Grouping, groupings, type Wish } from './types.js';

const day = (at: Date): string => at.toISOString().slice(0, 10);

/** What is asked for, kept in the page's address. */
export function useWish(): readonly [Wish, (changes: Partial<Wish>) => void] {
  const [search, setSearch] = useSearchParams();
  const text = (name: string) => search.get(name) ?? undefined;
  const by = search.get('by') as Grouping;
  const now = new Date();
  const wish: Wish = {
    from: text('from') ?? day(new Date(now.getTime() - 90 * 86_400_000)),
    to: text('to') ?? day(now),
    by: groupings.includes(by) ? by : 'week',
    country: text('country'),
    language: text('language'),
    queueId: text('queueId'),
    company: text('company'),
    agentId: text('agentId'),
  };
  const change = (changes: Partial<Wish>) => {
    const next = { ...wish, ...changes };
    setSearch(Object.fromEntries(Object.entries(next).filter((pair): pair is [string, string] => !!pair[1])));
  };
  return [wish, change];
}

/** What makes a bar of the chart the calls behind it. */
export function narrowed(wish: Wish, key: string): Partial<Wish> {
  switch (wish.by) {
    case 'day':
      return { from: key, to: key };
    case 'week':
      return { from: later(key, 0, wish.from), to: earlier(key, 6, wish.to), by: 'day' };
    case 'month': {
      const first = new Date(`${key}T00:00:00Z`);
      const last = day(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)));
      return { from: later(key, 0, wish.from), to: earlier(last, 0, wish.to), by: 'day' };
    }
    case 'queue':
      return { queueId: key, by: 'week' };
    case 'agent':
      return { agentId: key };
    default:
      return { [wish.by]: key, by: 'week' };
  }
}

const shifted = (key: string, days: number) =>
  day(new Date(Date.parse(`${key}T00:00:00Z`) + days * 86_400_000));
const later = (key: string, days: number, bound: string) =>
  shifted(key, days) > bound ? shifted(key, days) : bound;
const earlier = (key: string, days: number, bound: string) =>
  shifted(key, days) < bound ? shifted(key, days) : bound;
