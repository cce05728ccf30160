import type { JsonSchema } from './route-input.js';

/** What a method of a controller answers, as read from the type it returns. Neither `schema` nor `binary`: nothing. */
export interface Answer {
  readonly summary?: string;
  readonly description?: string;
  readonly schema?: JsonSchema;
  /** A file: `@AnswersWith` says its media type. */
  readonly binary?: true;
}
/** Written by `npm run api`, given to the process by `src/api`. */
export interface Answers {
  /** By `<class>.<method>`. */
  readonly operations: Readonly<Record<string, Answer>>;
  /** Named types, referred to as `#/$defs/<name>`. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}
/** Typical values by the name of a property; `bodies` and `answers`: of operations whose rules no single value tells. */
export interface Examples {
  readonly values: Readonly<Record<string, unknown>>;
  readonly bodies: Readonly<Record<string, unknown>>;
  /** Of query parameters, by name: texts that stand for more than their form says. */
  readonly queries: Readonly<Record<string, unknown>>;
  /** Of files, by media type. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the process knows of its own API beside its routes. */
export const API = Symbol('API');
export interface Api {
  readonly answers: Answers;
  readonly examples: Examples;
}

/** The key of a route's answer. */
export const operationOf = ({
  controller,
  name,
}: {
  readonly controller: object;
  readonly name: string;
}): string => `${(controller as { name: string }).name}.${name}`;
