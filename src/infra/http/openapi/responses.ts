import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { csvLine } from '../../../kernel/csv.js';
import { CSV, NDJSON } from '../csv.js';
import { columnsOf, fieldsOf, isListing, titleOf } from '../exports/listing.js';
import { ruleOf } from '../policy.js';
import type { Route } from '../routes.js';
import type { Answer, Api } from './answers.js';
import { mediaTypesOf } from './answers-with.js';
import type { Described } from './document.js';
import { exampleOf } from './example.js';
import type { RouteInput } from './route-input.js';

/** What comes back: the answer when it is done, and each "no" that the route may say for a reason that its declaration shows. */
export function responsesOf(
  route: Route,
  input: RouteInput,
  answer: Answer | undefined,
  api: Api,
): Readonly<Record<string, Described>> {
  const refused = (statuses: readonly number[]) =>
    Object.fromEntries(statuses.map((status) => [status, { $ref: '#/components/responses/Problem' }]));
  const closed = ruleOf(route.policy)?.open === undefined;
  const takes = input.body !== undefined || input.query !== undefined || Object.keys(input.params).length > 0;
  return {
    [statusOf(route)]: doneOf(route, input, answer, api),
    ...refused([
      ...(takes ? [400] : []),
      ...(closed ? [401, 403] : []),
      ...(route.path.includes(':') ? [404] : []),
      ...(route.idempotent ? [409, 422] : []),
      ...(input.body === undefined ? [] : [413, 415]),
    ]),
    default: { $ref: '#/components/responses/Problem' },
  };
}

function doneOf(
  { handler }: Route,
  input: RouteInput,
  answer: Answer | undefined,
  { answers, examples }: Api,
): Described {
  const types = mediaTypesOf(handler);
  if (types !== undefined)
    return {
      description: 'the file',
      content: Object.fromEntries(
        types.map((type) => [
          type,
          { schema: { type: 'string', format: 'binary' }, example: examples.files[type] },
        ]),
      ),
    };
  if (answer?.schema === undefined) return { description: 'done: no content' };
  const example = exampleOf(answer.schema, examples, answers.schemas);
  return {
    description: 'done',
    content: {
      'application/json': { schema: open(answer.schema), example },
      ...(isListing(input, answer) ? asFiles(answer, answers, example) : {}),
    },
  };
}

/** All pages of a list, streamed: asked for with Accept. */
function asFiles(
  answer: Answer,
  { schemas }: Api['answers'],
  example: unknown,
): NonNullable<Described['content']> {
  const [item] = (example as { readonly items: readonly unknown[] }).items;
  const columns = columnsOf(answer, schemas);
  const schema = { type: 'string' as const };
  const table = [columns.map(titleOf), fieldsOf(item, columns)];
  return {
    [NDJSON]: { schema, example: `${JSON.stringify(item)}\n` },
    [CSV]: { schema, example: table.map((fields) => `${csvLine(fields)}\r\n`).join('') },
  };
}

/** Clients must bear what is added later: the promise not to answer more is kept in tests only. */
export const open = <T>(schema: T): T =>
  JSON.parse(
    JSON.stringify(schema, function (this: object, key: string, value: unknown) {
      return key === 'additionalProperties' && value === false ? undefined : value;
    }),
  ) as T;

/** As Nest answers: 201 to a POST, 200 to the rest, unless the method says otherwise. */
export function statusOf({ method, handler }: Route): string {
  return String(Reflect.getMetadata(HTTP_CODE_METADATA, handler) ?? (method === 'POST' ? 201 : 200));
}
