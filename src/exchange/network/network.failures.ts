import { type Failure, failure } from '../../kernel/result.js';

type Kind = 'trunk' | 'centre' | 'carrier' | 'route' | 'carrier-pattern';

export const unknown = (kind: Kind, id: string): Failure =>
  failure(`${kind}.unknown`, `There is no ${kind} ${id}.`, { hint: 'list what there is first' });

export const exists = (kind: Kind, what: string): Failure =>
  failure(`${kind}.exists`, `There is a ${kind} ${what} already.`, { hint: 'change it, or choose another' });

/** @param users what needs it, for people: `route 82…`, `carrier lab-carrier`. */
export const inUse = (kind: Kind, id: string, users: readonly string[]): Failure =>
  failure(`${kind}.not-allowed`, `The ${kind} ${id} is in use: ${users.join(', ')}.`, {
    hint: 'change or remove these first, or disable it instead',
  });

/** Referred to a moment ago by somebody else's change. */
export const inUseNow = (kind: Kind, id: string): Failure => inUse(kind, id, ['something new']);

export const mismatch = (code: string, message: string, hint: string): Failure =>
  failure(`${code}.mismatch`, message, { hint });
