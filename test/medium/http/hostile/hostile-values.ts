import type { JsonSchema } from '../../../../src/infra/http/openapi/route-input.js';

/** What nobody sends by mistake: wrong types, injections, control characters, giants, prototype names. */
export const hostile: readonly unknown[] = [
  null,
  -1,
  1e308,
  Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  [[[[]]]],
  {},
  { __proto__: { roles: ['operator'] } },
  '',
  ' ',
  "'; DROP TABLE member; --",
  '\u0000',
  '\ud800',
  '😀'.repeat(40),
  '../../../../etc/passwd',
  '${jndi:ldap://127.0.0.1/x}',
  '<script>alert(1)</script>',
  '%00%0d%0aSet-Cookie: a=b',
  'a\r\nBcc: everybody@example.com',
  '٣'.repeat(20),
  '1'.repeat(5_000),
  '9223372036854775808',
  '2026-02-30T25:61:61Z',
  '00000000-0000-0000-0000-000000000000',
];

/** Of path segments and query values: texts only. */
export const hostileTexts: readonly string[] = hostile.flatMap((value) =>
  typeof value === 'string' && value.trim() !== '' && value !== '\ud800' ? [value] : [],
);

/** A value that this schema may accept: the simplest that it names. Patterns are not solved, only the common formats. */
export function sampleOf(schema: JsonSchema | boolean | undefined, depth = 0): unknown {
  if (typeof schema !== 'object' || depth > 6) return 'a';
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const branch = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (branch !== undefined) return sampleOf(branch as JsonSchema, depth + 1);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, depth);
    case 'array':
      return [sampleOf((schema as { items?: JsonSchema }).items, depth + 1)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema);
  }
}

const objectOf = ({ properties = {}, required = [] }: JsonSchema, depth: number) =>
  Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] as JsonSchema, depth + 1)]));

function textOf({ format, minLength = 1, pattern = '' }: JsonSchema): string {
  if (format === 'uuid') return '01a21e35-7a89-785e-b569-93bc5914c836';
  if (format === 'email') return 'somebody@example.com';
  if (format === 'date-time') return '2026-11-27T00:00:00Z';
  if (format === 'date') return '2026-11-27';
  if (format === 'uri') return 'https://example.com/';
  if (/\[A-Z\]\{2\}/.test(pattern)) return 'KR';
  if (/\[A-Z\]\{3\}/.test(pattern)) return 'KRW';
  if (/\\\+\[1-9\]/.test(pattern)) return '+82262006200';
  return /\[0-9\]|\\d/.test(pattern) ? '1'.repeat(minLength) : 'a'.repeat(minLength);
}
