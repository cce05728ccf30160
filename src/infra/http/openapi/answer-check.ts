import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../config.js';
import { failure } from '../../../kernel/result.js';
import { LOG, type Log } from '../../log/log.js';
import { ProblemError } from '../problem.js';
import { API, type Api, operationOf } from './answers.js';
import { mediaTypesOf } from './answers-with.js';
import type { JsonSchema } from './route-input.js';

/**
 * In test instances: an answer that is not what the API's description says (a column more, a null where none was promised) is a 500,
 * so that a query's claimed row type cannot lie. Elsewhere it does nothing.
 */
@Injectable()
export class AnswerCheck implements NestInterceptor {
  private readonly compiled = new Map<string, z.ZodType>();

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'environment'>,
    @Inject(LOG) private readonly log: Log,
    @Optional() @Inject(API) private readonly api: Api | undefined,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const key = operationOf({ controller: context.getClass(), name: context.getHandler().name });
    const answer = this.api?.answers.operations[key];
    if (this.config.environment !== 'test' || answer === undefined) return next.handle();
    if (answer.binary === true || mediaTypesOf(context.getHandler()) !== undefined) return next.handle();
    return next.handle().pipe(
      map((value: unknown) => {
        const drift = driftOf(
          value,
          answer.schema === undefined ? undefined : this.parser(key, answer.schema),
        );
        if (drift === undefined) return value;
        this.log.error({ operation: key, drift }, 'an answer that the API does not describe');
        throw new ProblemError(
          failure('answer.drift', `${key} answered otherwise than described: ${drift}`, {
            hint: 'run npm run api, or mend what the route answers',
          }),
          { status: 500 },
        );
      }),
    );
  }

  private parser(key: string, schema: JsonSchema): z.ZodType {
    const known = this.compiled.get(key) ?? parserOf(schema, this.api?.answers.schemas ?? {});
    this.compiled.set(key, known);
    return known;
  }
}

/** Strict: what the schema does not name is refused. */
export const parserOf = (schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): z.ZodType =>
  z.fromJSONSchema({ ...schema, $defs: schemas } as Parameters<typeof z.fromJSONSchema>[0]);

/** Of the value as it leaves: as JSON. */
function driftOf(value: unknown, parser: z.ZodType | undefined): string | undefined {
  if (parser === undefined) return value === undefined ? undefined : 'nothing was described';
  const read = parser.safeParse(value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  return read.success ? undefined : z.prettifyError(read.error).slice(0, 1_000);
}
