import type { Tx } from '../../infra/db/tx.js';
import type { Owner } from '../owner.js';

export type FactKind = 'queue' | 'call' | 'received' | 'charged' | 'order' | 'joined' | 'left';

/** One thing that happened, as reports count it. Told again with the same kind, id and owner it replaces what was told before. */
export interface Fact {
  readonly kind: FactKind;
  readonly id: string;
  readonly owner: Owner;
  readonly at: Date;
  /** '' where it is not known. */
  readonly country: string;
  readonly language: string;
  readonly currency?: string;
  readonly queueId?: string | null;
  readonly agentId?: string | null;
  readonly answered?: boolean;
  readonly abandoned?: boolean;
  readonly waitedMs?: number;
  readonly talkedMs?: number;
  readonly score?: number | null;
  readonly amountMicros?: bigint;
}

/** Counts facts; how many of them were new or have changed. See `report_put`. */
export async function putFacts(tx: Tx, facts: readonly Fact[]): Promise<number> {
  if (facts.length === 0) return 0;
  const [row] = await tx.rows<{ changed: number }>(
    `SELECT report_put(array_agg(fact)) AS changed FROM jsonb_populate_recordset(NULL::report_fact, $1) fact`,
    [JSON.stringify(facts.map(rowOf))],
  );
  return row?.changed ?? 0;
}

const rowOf = (fact: Fact) => ({
  kind: fact.kind,
  id: fact.id,
  owner: fact.owner,
  at: fact.at.toISOString(),
  country: fact.country,
  language: fact.language,
  currency: fact.currency ?? '',
  queue_id: fact.queueId ?? null,
  agent_id: fact.agentId ?? null,
  n: 1,
  answered: fact.answered ? 1 : 0,
  abandoned: fact.abandoned ? 1 : 0,
  waited_ms: fact.waitedMs ?? 0,
  talked_ms: fact.talkedMs ?? 0,
  scored: fact.score == null ? 0 : 1,
  score: fact.score ?? 0,
  amount_micros: String(fact.amountMicros ?? 0n),
});
