import { SetMetadata } from '@nestjs/common';

const MEDIA_TYPES = Symbol('MEDIA_TYPES');

/** On a route that answers a file or a stream instead of JSON: its media types. */
export const AnswersWith = (...types: readonly string[]): MethodDecorator => SetMetadata(MEDIA_TYPES, types);

/** Undefined: JSON, or nothing. */
export const mediaTypesOf = (handler: object): readonly string[] | undefined =>
  Reflect.getMetadata(MEDIA_TYPES, handler);
