import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/http.js';
import { useLive } from '../../api/live.js';
import type { Agent, QueueCallTold, Told } from '../../customers/types.js';

export interface CallAtHand extends Omit<QueueCallTold, 'queueCallId' | 'queueId'> {
  /** Undefined: it came by no queue, straight to his telephone. */
  readonly queueCallId: string | undefined;
  readonly stage: 'ringing' | 'talking' | 'ended';
}

interface StoredCall {
  readonly id: string;
  readonly callId: string;
  readonly queueId: string;
  readonly callerNumber: string | null;
  readonly country: string | null;
  readonly language: string | null;
  readonly dialled: string | null;
  readonly waitedMs: number | null;
  readonly state: string;
}

/** The agent that I am and the call that I have, as they are told; read anew whenever something may have been missed. */
export function useDesk() {
  const client = useQueryClient();
  const [told, setTold] = useState<CallAtHand | undefined>(undefined);
  const agent = useQuery({
    queryKey: ['agent', 'me'],
    queryFn: ({ signal }) => ask<Agent>('GET /v1/agents/me', { signal }),
    retry: false,
  });
  const current = agent.data?.queueCallId ?? undefined;
  // After a reload, or when the page was opened during a call.
  const stored = useQuery({
    queryKey: ['queue-call', current],
    queryFn: async ({ signal }): Promise<CallAtHand> => {
      const {
        id,
        state,
        queueId: _,
        ...call
      } = await ask<StoredCall>(`GET /v1/queue-calls/${current}`, { signal });
      return {
        ...call,
        queueCallId: id,
        stage: state === 'talking' ? 'talking' : state === 'ended' ? 'ended' : 'ringing',
      };
    },
    enabled: current !== undefined && told?.queueCallId !== current,
  });
  useLive(agent.data === undefined ? undefined : '/v1/events?topics=desk,campaign-desk,cases', {
    events: {
      message: (message) => {
        const { type, data } = message as Told;
        const [what = '', stage = ''] = type.split('.');
        if (what === 'queue-call' && (stage === 'ringing' || stage === 'talking' || stage === 'ended')) {
          setTold({ ...(data as unknown as QueueCallTold), stage });
        }
        if (type === 'call.ringing') {
          const { callId, callerNumber, dialled } = data as unknown as QueueCallTold;
          const unknown = { country: null, language: null, waitedMs: null };
          setTold({ ...unknown, callId, callerNumber, dialled, queueCallId: undefined, stage: 'ringing' });
        }
        if (type === 'agent.changed') {
          client.setQueryData(['agent', 'me'], (known: Agent | undefined) => known && { ...known, ...data });
        }
        if (type === 'case.changed') {
          for (const key of ['case', 'cases', 'customer']) void client.invalidateQueries({ queryKey: [key] });
        }
        if (type === 'campaign-call.ended') void client.invalidateQueries({ queryKey: ['contact'] });
      },
      resync: () => void client.invalidateQueries(),
    },
  });
  return { agent, call: told ?? stored.data };
}
