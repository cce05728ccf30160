import { type Failure, failure } from '../../kernel/result.js';

export const notFound = (what: string): Failure =>
  failure('member.not-found', `The member has no such ${what}.`, { hint: 'list them first' });

export const taken = (what: string): Failure =>
  failure('identity.taken', `${what} is there already.`, {
    hint: 'a claim may be made once by each member, and proved by one of them all',
  });

export const inUse = (what: string, users: readonly string[]): Failure =>
  failure('member.not-allowed', `The ${what} is in use: ${users.join(', ')}.`, {
    hint: 'change the find-me order first',
  });

export const tooMany = (what: string): Failure =>
  failure('identity.too-many', `The member has as many of these (${what}) as one may have.`, {
    hint: 'remove one that is not needed',
  });
