import { useState } from 'react';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';

export const modes = ['listen', 'whisper', 'barge'] as const;
export type Mode = (typeof modes)[number];

/** Feature codes of docs/queues.md: the same from any telephone of the supervisor's own. */
const codes: Readonly<Record<Mode, string>> = { listen: '*22', whisper: '*23', barge: '*24' };

interface Wanted {
  readonly agentId: string;
  readonly name: string;
  readonly number: string;
  readonly mode: Mode;
}

/** A supervisor joins an agent's talk: his own telephone rings, or he dials the code. */
export function useSupervise() {
  const [wanted, want] = useState<Wanted | undefined>(undefined);
  const ring = useAction(({ agentId, mode }: Wanted, key) =>
    ask('POST /v1/agents/{id}/supervisions', { path: { id: agentId }, body: { mode }, key }),
  );
  return {
    joined: wanted && { name: wanted.name, code: `${codes[wanted.mode]}${wanted.number}` },
    rings: ring.data !== undefined,
    error: ring.error,
    join: ({ agentId, name, number }: Pick<Wanted, 'agentId' | 'name' | 'number'>, mode: Mode) => {
      const next = { agentId, name, number, mode };
      want(next);
      ring.start(next);
    },
  };
}
