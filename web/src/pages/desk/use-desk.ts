import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/http.js';
import { useLive } from '../../api/live.js';
import type { Agent, CallerAlong, QueueCallTold, Told } from '../../customers/types.js';

export interface CallAtHand extends Omit<QueueCallTold, 'queueCallId' | 'queueId'> {
  /** Undefined: it came by no queue, straight to his telephone. */
  readonly queueCallId: string | undefined;
  readonly stage: Stage;
  /** As what the exchange has read the dialled number; undefined where that did not come along. */
  readonly reading?: string | null;
  readonly called?: string | null;
}

const stages = ['ringing', 'talking', 'ended'] as const;
type Stage = (typeof stages)[number];
const isStage = (name: string): name is Stage => stages.some((one) => one === name);

/** Where what is known of a call's customer is kept. */
export const ofCall = ({ callId }: { readonly callId?: unknown }) => ['customer', 'of-call', callId];

function callOf(data: Told['data'], along: Told['along']): Omit<CallAtHand, 'stage'> {
  const { callId, callerNumber, dialled, queueCallId, country, language, waitedMs } =
    data as unknown as QueueCallTold;
  const { reading, called } = (along ?? {}) as Partial<CallerAlong>;
  return {
    callId,
    callerNumber,
    dialled,
    queueCallId,
    country,
    language,
    waitedMs: waitedMs ?? null,
    ...(reading === undefined ? {} : { reading }),
    ...(called === undefined ? {} : { called }),
  };
}

/** The end of one call is not the end of another that has begun to ring meanwhile. */
function calledNow(before: CallAtHand | undefined, now: CallAtHand): CallAtHand {
  if (before === undefined || before.callId === now.callId) return { ...before, ...now };
  return now.stage === 'ended' ? before : now;
}

/** The agent that I am and the call that I have, as they are told; read anew whenever something may have been missed. */
export function useDesk() {
  const client = useQueryClient();
  const [told, setTold] = useState<CallAtHand | undefined>(undefined);
  const agent = useQuery({
    queryKey: ['agent', 'me'],
    queryFn: ({ signal }) => ask('GET /v1/agents/me', { signal }),
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
      } = await ask('GET /v1/queue-calls/{id}', { path: { id: current }, signal });
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
        const { type, data, along } = message as Told;
        const [what = '', stage = ''] = type.split('.');
        if ((what === 'queue-call' || what === 'call') && isStage(stage)) {
          // What is needed comes along: the page shows it at once, and asks for nothing.
          if (along !== undefined) client.setQueryData(ofCall(data), { customer: along['customer'] });
          setTold((before) => calledNow(before, { ...callOf(data, along), stage }));
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
