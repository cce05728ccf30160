import { type Failure, failure } from '../../kernel/result.js';

export const queueUnknown = (id: string): Failure<'queue.unknown'> =>
  failure('queue.unknown', `There is no queue ${id}.`, {
    hint: "list the queues first; others' are not shown",
  });

export const extensionTaken = (extension: string): Failure<'queue-extension.taken'> =>
  failure('queue-extension.taken', `Another queue of the company has the extension ${extension}.`, {
    hint: 'choose another',
  });

export const overflowInvalid = (id: string): Failure<'queue-overflow.invalid'> =>
  failure('queue-overflow.invalid', `There is no queue ${id} of the same company to overflow into.`, {
    hint: 'name another queue of the same company',
  });

export const branchInvalid = (id: string): Failure<'queue-branch.invalid'> =>
  failure('queue-branch.invalid', `The company has no branch ${id}.`, {
    hint: "list the number's branches first",
  });

export const companyInvalid = (id: string): Failure<'queue-company.invalid'> =>
  failure('queue-company.invalid', `There is no company ${id}.`, { hint: 'name a member of kind company' });

export const numberUnknown = (key: string): Failure<'number.unknown'> =>
  failure('number.unknown', `The company has no number ${key}${' '}in that region.`, {
    hint: 'give its key, such as 62006200# (as %23 in a path) or 0262006200082, and a region where it has a branch',
  });

export const agentUnknown = (id: string): Failure<'agent.unknown'> =>
  failure('agent.unknown', `There is no agent ${id}.`, {
    hint: "list the agents first; others' are not shown",
  });

export const agentTaken = (): Failure<'agent.taken'> =>
  failure('agent.taken', 'Another agent has this number, or this account.', {
    hint: 'choose another number',
  });

export const memberInvalid = (id: string): Failure<'agent-member.invalid'> =>
  failure('agent-member.invalid', `There is no member ${id} of the company whose telephones could ring.`, {
    hint: 'name the company, an office that answers for a branch, or one of its people',
  });

export const accountInvalid = (id: string): Failure<'agent-account.invalid'> =>
  failure('agent-account.invalid', `The company has no account ${id}.`, {
    hint: "name one of the company's people",
  });

export const notSupervisor = (): Failure<'agent-supervision.forbidden'> =>
  failure('agent-supervision.forbidden', 'You are no supervisor among the agents of that company.', {
    hint: 'ask for an agent of your own with "supervisor": true; his telephone is the one that rings',
  });

export const agentSilent = (): Failure<'agent.not-talking'> =>
  failure('agent.not-talking', 'The agent talks with nobody.', { hint: 'wait until he talks' });

export const deviceInvalid = (): Failure<'agent-device.invalid'> =>
  failure('agent-device.invalid', "The agent's member has no such telephone.", {
    hint: 'leave it out for his first one, or name one of his own',
  });

export const queueCallUnknown = (id: string): Failure<'queue-call.unknown'> =>
  failure('queue-call.unknown', `There is no visit ${id} to a queue.`, { hint: 'list them first' });

export const notTalking = (): Failure<'queue-call.not-allowed'> =>
  failure('queue-call.not-allowed', 'Only a caller who talks with an agent can be put through.', {
    hint: 'wait until he talks',
  });

export const recordingUnknown = (id: string): Failure<'call-recording.unknown'> =>
  failure('call-recording.unknown', `There is no recording ${id}.`, {
    hint: 'it may have been deleted when its time was over',
  });
