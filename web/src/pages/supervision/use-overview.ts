import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../api/http.js';
import { useLive } from '../../api/live.js';
import type { AgentState } from '../../customers/types.js';

export interface QueueNow {
  readonly queueId: string;
  readonly name: string;
  readonly country: string;
  readonly languages: readonly string[];
  readonly enabled: boolean;
  readonly offered: number;
  readonly serviceLevel: number | null;
}
export interface CallerNow {
  readonly queueCallId: string;
  readonly queueId: string;
  readonly state: string;
  readonly callerNumber: string | null;
  readonly language: string | null;
  readonly country: string;
  readonly enteredAt: string;
}
export interface LiveAgent {
  readonly agentId: string;
  readonly number: string;
  readonly name: string;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly since: string;
  readonly onOwnCall: boolean;
  readonly languages: Readonly<Record<string, number>>;
  readonly queues: readonly string[];
}
export interface Overview {
  readonly queues: readonly QueueNow[];
  readonly callers: readonly CallerNow[];
  readonly agents: readonly LiveAgent[];
  readonly servedWithinSeconds: number;
}

/** In a rush pages hear many things a second: read once for all of them. */
const READ_AFTER_MS = 150;

/** All that somebody leads, read anew whenever something is told. */
export function useOverview() {
  const client = useQueryClient();
  const refresh = gathered(() => void client.invalidateQueries({ queryKey: ['live'] }));
  useLive('/v1/events?topics=queues', { events: { message: refresh, resync: refresh } });
  return useQuery({
    queryKey: ['live'],
    queryFn: ({ signal }) => ask('GET /v1/queues/live', { signal }),
    staleTime: 0,
  });
}

let waiting = false;
const gathered = (act: () => void) => () => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    act();
  }, READ_AFTER_MS);
};
