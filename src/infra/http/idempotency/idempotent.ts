import { SetMetadata } from '@nestjs/common';

const IDEMPOTENT = Symbol('IDEMPOTENT');

/**
 * On every POST that creates something: a request repeated with the same `Idempotency-Key` header is answered as the first
 * one was, and done once. The route's policy must require signing in: keys belong to an account.
 */
export const Idempotent = (): MethodDecorator => SetMetadata(IDEMPOTENT, true);

export const isIdempotent = (handler: object): boolean => Reflect.getMetadata(IDEMPOTENT, handler) === true;
