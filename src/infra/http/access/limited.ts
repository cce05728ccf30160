import { SetMetadata } from '@nestjs/common';
import type { AttemptLimit } from './attempts.js';

const LIMIT = Symbol('LIMIT');
const INSIDE = Symbol('LIMITS_INSIDE');

/** On a route that costs something each time: so often for an account and from one source, then 429. Kept by `LimitInterceptor`. */
export const Limited = (limit: AttemptLimit): MethodDecorator => SetMetadata(LIMIT, limit);
export const limitOf = (handler: object): AttemptLimit | undefined => Reflect.getMetadata(LIMIT, handler);

/** On a route that counts by itself, because what is guessed at is not the account; a text where no attempts are rows. For docs/limits.md and its test. */
export const LimitedInside = (...limits: readonly (AttemptLimit | string)[]): MethodDecorator =>
  SetMetadata(INSIDE, limits);
export const limitsInside = (handler: object): readonly (AttemptLimit | string)[] =>
  Reflect.getMetadata(INSIDE, handler) ?? [];
