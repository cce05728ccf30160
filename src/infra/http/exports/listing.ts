import type { Answer, Answers } from '../openapi/answers.js';
import type { JsonSchema, RouteInput } from '../openapi/route-input.js';

/** Whether a route answers page after page: then it can be had as a file, too. */
export const isListing = (input: RouteInput, answer: Answer | undefined): boolean =>
  input.query?.properties?.['cursor'] !== undefined && itemOf(answer) !== undefined;

const itemOf = (answer: Answer | undefined): JsonSchema | undefined =>
  (answer?.schema?.properties?.['items'] as JsonSchema | undefined)?.items as JsonSchema | undefined;

/** A column of a list as CSV: where its value stands in an item. */
export type Column = readonly string[];
/** Of types that contain themselves. */
const DEEPEST = 3;

/** The columns of a list, from the description of its items: always the same, whatever is in it. What stands deeper has dots in its name. */
export function columnsOf(answer: Answer | undefined, schemas: Answers['schemas']): readonly Column[] {
  const go = (schema: JsonSchema | undefined, path: Column): readonly Column[] => {
    const properties = Object.entries(
      path.length > DEEPEST ? {} : (objectOf(schema, schemas)?.properties ?? {}),
    );
    return properties.length === 0
      ? [path]
      : properties.flatMap(([name, inner]) => go(inner as JsonSchema, [...path, name]));
  };
  return go(itemOf(answer), []);
}

/** What is meant by a reference, or by "that or null". */
function objectOf(schema: JsonSchema | undefined, schemas: Answers['schemas']): JsonSchema | undefined {
  if (schema?.$ref !== undefined) return objectOf(schemas[schema.$ref.split('/').at(-1) ?? ''], schemas);
  const branches = schema?.anyOf?.filter((one) => (one as JsonSchema).type !== 'null');
  return branches?.length === 1 ? objectOf(branches[0] as JsonSchema, schemas) : schema;
}

/** An item's values in the order of the columns: texts as they are, lists as JSON, null as nothing. */
export const fieldsOf = (item: unknown, columns: readonly Column[]): readonly string[] =>
  columns.map((path) => textOf(path.reduce(at, item)));

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const titleOf = (path: Column): string => (path.length === 0 ? 'value' : path.join('.'));
