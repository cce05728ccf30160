import type { Sql } from '../../infra/db/sql.js';
import type { Call } from '../domain/call.js';
import type { ExchangeWatch } from '../exchange.watch.js';

/** PostgreSQL channel on which the exchange says that a member is called. Lossy: who is not told is still rung. */
export const PUSH_CHANNEL = 'call_push';

export interface PushNews {
  readonly callId: string;
  readonly memberId: string;
  /** As it is shown to him; null where the caller hides. */
  readonly from: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Tells, once a call knows whose telephones it rings, of each who wants to be told. */
export const pushWatch = (
  wants: (memberId: string) => boolean,
  tell: (news: PushNews) => void,
): Partial<ExchangeWatch> => ({
  moved: (before, after) => {
    if (before.plan !== undefined || after.plan === undefined || after.plan.emergency) return;
    for (const news of newsOf(after)) if (wants(news.memberId)) tell(news);
  },
});

function newsOf({ id, plan, startedAt }: Call): readonly PushNews[] {
  const legs = (plan?.attempts ?? []).flatMap((attempt) => (attempt.kind === 'ring' ? attempt.legs : []));
  const called = new Map<string, PushNews>();
  const wakes = (plan?.attempts ?? []).flatMap((attempt) =>
    attempt.kind === 'ring' && attempt.wakes !== undefined ? [attempt.wakes] : [],
  );
  const ringing = legs.filter(({ kind }) => kind === 'device');
  for (const { member, calling } of [...ringing, ...wakes])
    if (member !== undefined && !called.has(member))
      called.set(member, {
        callId: id,
        memberId: member,
        from: calling.withheld ? null : (calling.number ?? null),
        at: startedAt,
      });
  return [...called.values()];
}

/** Says so to whichever worker pushes. */
export const tellOn =
  (sql: Sql, log: { warn(fields: object, message: string): void }) =>
  (news: PushNews): void => {
    sql
      .run('SELECT pg_notify($1, $2)', [PUSH_CHANNEL, JSON.stringify(news)])
      .catch((error: unknown) => log.warn({ err: error }, 'nobody was told of a call'));
  };
