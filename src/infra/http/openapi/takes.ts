import { SetMetadata } from '@nestjs/common';

const MEDIA_TYPES = Symbol('TAKEN_MEDIA_TYPES');

/** On a route whose body is a file and not JSON: its media types, the first being the usual one. */
export const Takes = (...types: readonly string[]): MethodDecorator => SetMetadata(MEDIA_TYPES, types);

/** Undefined: JSON, or nothing. */
export const takenBy = (handler: object): readonly string[] | undefined =>
  Reflect.getMetadata(MEDIA_TYPES, handler);
