import type { CallRegistry } from '../call-registry.js';
import { type Call, liveLegs } from '../domain/call.js';
import { bridgeOf } from '../domain/ids.js';
import type { QueueService, QueueTarget } from '../domain/service.js';
import type { LegPlan, RingAttempt, ServeAttempt } from '../domain/verdict.js';
import type { QueueWord } from '../services/domain/queue-facts.js';
import { phonesInUse } from './phones-in-use.js';
import type { AgentToRing, QueueHands } from './queue-desk.js';

export interface QueueHandsParts {
  readonly registry: Pick<CallRegistry, 'get' | 'all'>;
  /** Tells the service that runs in a call; false: none does. */
  readonly tellService: (callId: string, word: QueueWord) => boolean;
  readonly record: (bridgeId: string, recording: string) => void;
}

/** What a queue's decision does to calls, as events that the call machine takes like any others. */
export function queueHands({ registry, tellService, record }: QueueHandsParts): QueueHands {
  return {
    ring: (callId, agent) => {
      const runner = registry.get(callId);
      if (runner?.call.state !== 'serving') return false;
      runner.tell({ type: 'service.rings', ring: ringOf(runner.call, agent) });
      return true;
    },
    giveUp: (callId) => registry.get(callId)?.tell({ type: 'service.gives-up' }),
    close: (callId, word) => {
      if (!tellService(callId, word)) registry.get(callId)?.tell({ type: 'service.ended', q850: 16 });
    },
    putThrough: (callId, to) => {
      const runner = registry.get(callId);
      const again = runner?.call.state === 'talking' ? waitAgain(runner.call, to) : undefined;
      if (runner === undefined || again === undefined) return false;
      runner.tell({ type: 'service.follows', serve: again });
      return true;
    },
    agentsOf: (callId) => {
      const call = registry.get(callId)?.call;
      return call && liveLegs(call).flatMap(({ plan }) => plan.agent ?? []);
    },
    phonesInUse: () => registry.all().map(({ call }) => ({ callId: call.id, phones: phonesInUse(call) })),
    record: (callId, recording) => record(bridgeOf(callId), recording),
  };
}

function ringOf(call: Call, { agentId, memberId, device, seconds, survey }: AgentToRing): RingAttempt {
  const queue = waitOf(call);
  const leg: LegPlan = {
    kind: 'device',
    target: device,
    endpoint: `PJSIP/${device}`,
    called: call.plan?.called ?? call.dialled,
    calling: queue?.caller ?? { withheld: true },
    member: memberId,
    agent: agentId,
  };
  const language = queue?.service.language ?? call.language ?? 'en';
  return {
    kind: 'ring',
    legs: [leg],
    answerWithin: seconds,
    progressWithin: seconds,
    after: {},
    ...(survey ? { follow: { kind: 'serve', service: { name: 'survey', language } } } : {}),
  };
}

/** The same caller at another queue: he was answered long ago. */
function waitAgain(call: Call, to: QueueTarget): ServeAttempt | undefined {
  const before = waitOf(call);
  if (before === undefined) return undefined;
  const { late: _, ...serve } = before;
  return { ...serve, service: { ...before.service, to } };
}

type Wait = ServeAttempt & { readonly service: QueueService };

/** The latest queue of a call. */
const waitOf = ({ plan }: Call): Wait | undefined =>
  plan?.attempts.findLast(
    (attempt): attempt is Wait => attempt.kind === 'serve' && attempt.service.name === 'queue',
  );
