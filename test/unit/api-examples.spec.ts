import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { api } from '../../src/api/api.js';
import { parserOf } from '../../src/infra/http/openapi/answer-check.js';
import { operationOf } from '../../src/infra/http/openapi/answers.js';
import { mediaTypesOf } from '../../src/infra/http/openapi/answers-with.js';
import { type Operation, openApiOf } from '../../src/infra/http/openapi/document.js';
import { bodySchemaOf, type JsonSchema } from '../../src/infra/http/openapi/route-input.js';
import { type Route, routesOf } from '../../src/infra/http/routes.js';

const home = join(import.meta.dirname, '../../src');
const controllers = await Promise.all(
  globSync('**/*.controller.ts', { cwd: home }).map((file) => import(join(home, file))),
);
const routes: readonly Route[] = controllers
  .flatMap((file: object) => Object.values(file))
  .flatMap((one) => (typeof one === 'function' ? routesOf(one) : []));
const document = openApiOf(routes, api);
const operationFor = ({ method, path }: Route): Operation | undefined =>
  document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Parts of answers that any JSON may be, and why. */
const openByNature: Readonly<Record<string, string>> = {
  '#AuditEntryView.after.*': 'what was changed may be anything',
  '#AuditEntryView.before.*': 'what was changed may be anything',
  '#CaseEventRow.changes.*': 'a field before and after: of any type',
  '#FoundRow.detail': 'each check has its own facts',
  '#SettingView.value': 'each setting of the number plan has its own form',
  'HealthController.ready.parts': "each part's own report",
  'OpenApiController.read': 'this document: its form is OpenAPI',
  'OwnDataController.export.*': 'all that is kept of a person, table by table',
  'PersonalDataController.read.*': 'all that is kept of a person, table by table',
};

type Part = JsonSchema & { readonly prefixItems?: readonly JsonSchema[] };

/** Paths of the parts that say nothing of their form. */
function openParts(schema: JsonSchema | boolean | undefined, path: string): readonly string[] {
  if (typeof schema !== 'object') return [];
  const { properties, anyOf, items, additionalProperties, description: _, ...rest } = schema as Part;
  const says = Object.keys(rest).some((key) => key !== 'type' || rest.type !== 'object');
  const inner = [
    ...Object.entries(properties ?? {}).flatMap(([name, part]) =>
      openParts(part as JsonSchema, `${path}.${name}`),
    ),
    ...(anyOf ?? []).flatMap((part) => openParts(part as JsonSchema, path)),
    ...(Array.isArray(items) ? [] : openParts(items as JsonSchema, `${path}[]`)),
    ...openParts(additionalProperties as JsonSchema, `${path}.*`),
  ];
  const formed = says || properties !== undefined || anyOf !== undefined || items !== undefined;
  return formed || additionalProperties !== undefined ? inner : [path];
}

describe("the API's description", () => {
  test('is valid OpenAPI 3.1', async () => {
    const validated = await new Validator().validate(structuredClone(document) as never);
    expect(validated).toMatchObject({ valid: true });
  });

  test('has a summary and a read answer for every route', () => {
    expect(routes.length).toBeGreaterThan(300);
    expect(routes.filter((route) => !operationFor(route)?.summary).map(nameOf)).toEqual([]);
    expect(
      routes.filter((route) => api.answers.operations[operationOf(route)] === undefined).map(nameOf),
    ).toEqual([]);
  });

  test('says what media a file has, wherever one is answered', () => {
    const files = routes.filter((route) => api.answers.operations[operationOf(route)]?.binary === true);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter(({ handler }) => mediaTypesOf(handler) === undefined).map(nameOf)).toEqual([]);
  });

  test('leaves nothing of an answer open but what is open by its nature', () => {
    const { operations, schemas } = api.answers;
    const open = [
      ...Object.entries(operations).flatMap(([name, { schema }]) =>
        schema === undefined ? [] : openParts(schema, name),
      ),
      ...Object.entries(schemas).flatMap(([name, schema]) => openParts(schema, `#${name}`)),
    ];
    expect([...new Set(open)].toSorted()).toEqual(Object.keys(openByNature).toSorted());
  });

  test.each(routes.map((route) => [nameOf(route), route] as const))(
    '%s shows examples that its own schemas take',
    (_, route) => {
      const operation = operationFor(route);
      const body = bodySchemaOf(route);
      const sent = operation?.requestBody?.content['application/json']?.example;
      if (body !== undefined) expect(body.safeParse(sent)).toMatchObject({ success: true });
      const { schema } = api.answers.operations[operationOf(route)] ?? {};
      if (schema === undefined || mediaTypesOf(route.handler) !== undefined) return;
      const done = Object.entries(operation?.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
      const shown = done?.content?.['application/json']?.example;
      expect(shown).toBeDefined();
      expect(parserOf(schema, api.answers.schemas).safeParse(shown)).toMatchObject({ success: true });
    },
  );
});
