import { type Failure, failure } from '../../kernel/result.js';

export const callUnknown = (id: string): Failure =>
  failure('call.not-found', `There is no call ${id}.`, {
    hint: 'GET /v1/calls/live lists calls in progress',
  });

export const callOver = (id: string): Failure =>
  failure('call-over.conflict', `The call ${id} is over.`, { hint: 'its trace says how it ended' });

export const registrationUnknown = (contact: string): Failure =>
  failure('registration.not-found', `There is no registration ${contact}.`, {
    hint: 'it may have ended meanwhile: list them again',
  });
