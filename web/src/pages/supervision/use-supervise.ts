import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Page } from '../../api/http.js';
import { useAction } from '../../shared/action.js';

export const modes = ['listen', 'whisper', 'barge'] as const;
export type Mode = (typeof modes)[number];

/** Feature codes of docs/queues.md: the same from any telephone of the supervisor's own. */
const codes: Readonly<Record<Mode, string>> = { listen: '*22', whisper: '*23', barge: '*24' };

interface Wanted {
  readonly agentId: string;
  readonly name: string;
  readonly mode: Mode;
}

/** A supervisor joins an agent's talk: his own telephone rings, or he dials the code. */
export function useSupervise() {
  const [wanted, want] = useState<Wanted | undefined>(undefined);
  const all = useQuery({
    queryKey: ['agents'],
    queryFn: ({ signal }) =>
      ask<Page<{ id: string; number: string }>>('GET /v1/agents', { query: { limit: 200 }, signal }),
    staleTime: 300_000,
  });
  const ring = useAction(({ agentId, mode }: Wanted, key) =>
    ask<{ orderId: string }>(`POST /v1/agents/${agentId}/supervisions`, { body: { mode }, key }),
  );
  const number = all.data?.items.find(({ id }) => id === wanted?.agentId)?.number ?? '';
  return {
    joined: wanted && { name: wanted.name, code: `${codes[wanted.mode]}${number}` },
    rings: ring.data !== undefined,
    error: ring.error,
    join: ({ agentId, name }: Pick<Wanted, 'agentId' | 'name'>, mode: Mode) => {
      const next = { agentId, name, mode };
      want(next);
      ring.start(next);
    },
  };
}
