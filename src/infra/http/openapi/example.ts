import type { Examples } from './answers.js';
import type { JsonSchema } from './route-input.js';

type Schemas = Readonly<Record<string, JsonSchema>>;
type Part = JsonSchema & {
  readonly prefixItems?: readonly JsonSchema[];
  readonly examples?: readonly unknown[];
};

/** Of types that contain themselves: deep enough to be understood. */
const DEEPEST = 8;

/** A value of this schema as a reader would expect it: by the property's name where `values` has it and the schema allows it. */
export function exampleOf(
  schema: JsonSchema | boolean | undefined,
  { values }: Pick<Examples, 'values'>,
  schemas: Schemas = {},
  name = '',
  depth = 0,
): unknown {
  if (typeof schema !== 'object' || depth > DEEPEST) return null;
  const part = schema as Part;
  const go = (inner: JsonSchema | boolean | undefined, as = name) =>
    exampleOf(inner, { values }, schemas, as, depth + (part.type === undefined ? 0 : 1));
  if (part.examples?.[0] !== undefined) return part.examples[0];
  if (part.$ref !== undefined) return go(schemas[part.$ref.split('/').at(-1) ?? '']);
  const named = Object.hasOwn(values, name) ? values[name] : undefined;
  if (named !== undefined && fits(named, part)) return named;
  if (part.const !== undefined) return part.const;
  if (part.enum !== undefined) return part.enum[0];
  const branches = part.anyOf ?? part.oneOf;
  if (branches !== undefined) return go(branches[0] as JsonSchema);
  if (part.default !== undefined) return part.default;
  switch (part.type) {
    case 'object':
      return objectOf(part, go);
    case 'array':
      return arrayOf(part, go);
    case 'integer':
    case 'number':
      return part.minimum ?? part.exclusiveMinimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return textOf(part);
    default:
      return null;
  }
}

type Go = (inner: JsonSchema | boolean | undefined, as?: string) => unknown;

function objectOf({ properties = {}, required = [], additionalProperties }: Part, go: Go): object {
  const known = Object.entries(properties).filter(([name]) => required.includes(name));
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object')
    return { any: go(additionalProperties as JsonSchema, '') };
  return Object.fromEntries(known.map(([name, inner]) => [name, go(inner as JsonSchema, name)]));
}

function arrayOf({ items, prefixItems, maxItems, minItems = 1 }: Part, go: Go): readonly unknown[] {
  if (prefixItems !== undefined) return prefixItems.map((inner) => go(inner));
  if (maxItems === 0) return [];
  return Array.from({ length: Math.max(1, minItems) }, () => go(items as JsonSchema));
}

/** Only by what JSON Schema says of one value. */
function fits(
  value: unknown,
  { type, pattern, minLength = 0, maxLength = Infinity, ...schema }: Part,
): boolean {
  if (schema.enum !== undefined && !schema.enum.includes(value as never)) return false;
  if (schema.const !== undefined && schema.const !== value) return false;
  if (typeof value === 'number')
    return (
      (type === 'number' || type === 'integer') &&
      value >= (schema.minimum ?? value) &&
      value <= (schema.maximum ?? value)
    );
  if (typeof value === 'boolean') return type === 'boolean';
  if (typeof value !== 'string' || type !== 'string') return false;
  if (value.length < minLength || value.length > maxLength) return false;
  if (schema.format === 'uuid' && !/^[0-9a-f-]{36}$/.test(value)) return false;
  if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT/.test(value)) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function textOf({ format, minLength = 1, pattern = '' }: Part): string {
  if (format === 'uuid') return '01a21e35-7a89-785e-b569-93bc5914c836';
  if (format === 'email') return 'mina@example.com';
  if (format === 'date-time') return '2026-11-27T09:00:00.000Z';
  if (format === 'date') return '2026-11-27';
  if (format === 'uri') return 'https://example.com/';
  const candidates = [
    'KR',
    'KRW',
    '+82262006200',
    '02-6200-6200-082',
    'ko',
    '09:00',
    '2026-11',
    'main',
    '6200',
    '1000000',
    '0.011',
    'a'.repeat(minLength),
  ];
  const fitting = candidates.find(
    (text) => text.length >= minLength && new RegExp(pattern || '', 'u').test(text),
  );
  return pattern === '' ? 'text'.padEnd(minLength, '.') : (fitting ?? 'text');
}
