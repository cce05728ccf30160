import type { Role } from '../api/session.js';

/** Where something that was found is shown; undefined where this person has no page for it: then what is found says it all. */
export function pathOfHit(
  kind: string,
  { id, title }: { readonly id: string; readonly title: string },
  roles: readonly Role[],
): string | undefined {
  switch (kind) {
    case 'call':
      return `/console/calls/${id}`;
    case 'trunk':
      return `/console/network/${id}`;
    case 'settlement':
      return `/console/settlements/${id}`;
    case 'order':
      return roles.includes('operator') ? `/ops/orders/${id}` : undefined;
    case 'device':
      return `/console/registrations?search=${encodeURIComponent(title)}`;
    case 'number':
      return `/console/explain?from=KR&dialled=${encodeURIComponent(title)}`;
    case 'member':
      return `/console/registrations?search=${encodeURIComponent(title)}`;
    default:
      return undefined;
  }
}
