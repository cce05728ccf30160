import { failure } from '../../../kernel/result.js';
import { PROPOSAL_HOURS } from './proposal-states.js';

export const proposalUnknown = () =>
  failure('proposal.not-found', 'There is no such proposal.', { hint: 'GET /v1/proposals lists them' });
export const proposalOver = (state: string) =>
  failure('proposal.not-allowed', `This proposal is ${state}.`, {
    hint: state === 'expired' ? `it waits ${PROPOSAL_HOURS} hours: propose it anew` : 'propose it anew',
  });
export const proposalWaits = () =>
  failure('proposal.exists', 'The same is proposed already and waits for a decision.', {
    hint: 'GET /v1/proposals?state=waiting; who proposed it may withdraw it',
  });
export const samePerson = () =>
  failure('proposal.same-person', 'Who proposed it cannot decide it.', { hint: 'ask another approver' });
export const notProposer = () =>
  failure('proposal.forbidden', 'Only who proposed it can withdraw it.', {
    hint: 'an approver can reject it',
  });
