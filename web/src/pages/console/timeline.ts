import type { TFunction } from 'i18next';
import type { Traced } from './trace.js';

export interface Moment {
  readonly at: number;
  readonly title: string;
  readonly detail?: string;
}

/** Everything that happened, in its order: moves of the call, attempts that failed, what people of the house did. */
export function timelineOf(
  { trace, interventions, cost, call }: Traced,
  t: TFunction<'console'>,
): readonly Moment[] {
  const moves = trace.moves.map(({ at, from, event, to }) => ({
    at,
    title: `${from} → ${to}`,
    detail: event,
  }));
  const hunts = (trace.hunts ?? []).map(({ at, attempt, outcome, next }) => ({
    at,
    title: t('trace.hunt', { attempt, outcome }),
    ...(next === undefined ? {} : { detail: t('trace.next', { next }) }),
  }));
  const deeds = interventions.map(({ at, kind, by, reason }) => ({
    at: Date.parse(at),
    title: t(`trace.${kind}`, { by: by ?? '?' }),
    detail: reason,
  }));
  const charged =
    cost === null || call.endedAt === null
      ? []
      : [
          {
            at: Date.parse(call.endedAt),
            title: t('trace.charged'),
            detail: `${cost.amount} ${cost.currency}`,
          },
        ];
  return [...moves, ...hunts, ...deeds, ...charged].toSorted((a, b) => a.at - b.at);
}
