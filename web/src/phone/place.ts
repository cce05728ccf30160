import type { Place } from './state.js';

const KEY = 'anydial.phone.place';

/** Where this browser stands: kept in it, whoever uses it. */
export const keepPlace = (place: Place): void => localStorage.setItem(KEY, JSON.stringify(place));

export function keptPlace(): Place | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Place | null;
    return typeof kept?.country === 'string' && typeof kept.locationNumber === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}
