import type { Supervised } from '../../exchange/index.js';
import type { House } from './house.js';

/** The talk of the agent with that number, which a supervisor among the agents of his company may hear. */
export function supervisedIn(house: House, member: string, agentNumber: string): Supervised | undefined {
  const agents = [...house.agents.values()];
  const target = agents.find(({ number }) => number === agentNumber);
  const may = agents.some(
    ({ memberId, supervisor, companyId }) =>
      supervisor && memberId === member && target !== undefined && companyId === target.companyId,
  );
  const visit = house.visits.get(target?.now.call ?? '');
  if (!may || target === undefined || visit?.state !== 'talking') return undefined;
  return { callId: visit.callId, agentId: target.id };
}
