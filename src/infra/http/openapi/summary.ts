import type { Route } from '../routes.js';
import type { RouteInput } from './route-input.js';

const VERBS: Readonly<Record<string, string>> = { PUT: 'Sets', PATCH: 'Changes', DELETE: 'Removes' };

/** For a route whose method says nothing of itself: its path, as a sentence. `GET /v1/members/:id/devices`: Lists devices of a member. */
export function summaryOf(route: Route, input: RouteInput): string {
  const parts = route.path.split('/').filter((part) => part !== '' && part !== 'v1');
  const names = parts.filter((part) => !part.startsWith(':'));
  const one = parts.at(-1)?.startsWith(':') === true;
  const [last = 'it', owner] = names.toReversed().map((part) => part.replace(/[-.]/g, ' '));
  const listed = input.query?.properties?.['cursor'] !== undefined;
  const verb = VERBS[route.method] ?? (route.method === 'POST' ? 'Posts' : listed ? 'Lists' : 'Reads');
  const what = one || route.method === 'POST' ? `a ${singular(last)}` : last;
  return `${verb} ${what}${owner === undefined ? '' : ` of ${singular(owner)}`}`;
}

const singular = (noun: string): string =>
  noun
    .replace(/ies$/, 'y')
    .replace(/(?<=ss|x|ch)es$/, '')
    .replace(/(?<!s|u)s$/, '');
