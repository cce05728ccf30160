import { Readable } from 'node:stream';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { csvLine, harmless } from '../../../kernel/csv.js';
import { failure } from '../../../kernel/result.js';
import { CSV, NDJSON, streamed } from '../csv.js';
import { type Answer, API, type Api, operationOf } from '../openapi/answers.js';
import { inputOf } from '../openapi/route-input.js';
import { MOST_OF_A_PAGE, type Page } from '../page.js';
import { principalOf } from '../principal.js';
import { ProblemError } from '../problem.js';
import { columnsOf, fieldsOf, isListing, titleOf } from './listing.js';

/** Each reads page after page as fast as its client takes them. */
export const EXPORTS_AT_ONCE = 3;

/**
 * Every list, as a file: asked for with `Accept: text/csv` or `application/x-ndjson`, a listing route answers all of its pages, streamed.
 * Each page is what the route itself answers to the same caller, so that filters, policies and tenancy are those of the list.
 */
@Injectable()
export class ExportInterceptor implements NestInterceptor {
  private readonly listings = new WeakMap<object, Answer | false>();
  private readonly open = new Map<string, number>();

  constructor(@Optional() @Inject(API) private readonly api: Api | undefined) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (context.getType() !== 'http' || request.method !== 'GET') return next.handle();
    const listing = this.listingOf(context);
    if (listing === false) return next.handle();
    const response = context.switchToHttp().getResponse<Response>().vary('accept');
    const type = request.accepts(['application/json', NDJSON, CSV]);
    return type === CSV || type === NDJSON
      ? from(this.file(type, listing, request, response, next))
      : next.handle();
  }

  private listingOf(context: ExecutionContext): Answer | false {
    const handler = context.getHandler();
    const known = this.listings.get(handler);
    if (known !== undefined) return known;
    const method = { controller: context.getClass(), name: handler.name };
    const answer = this.api?.answers.operations[operationOf(method)];
    const found = answer !== undefined && isListing(inputOf(method), answer) && answer;
    this.listings.set(handler, found);
    return found;
  }

  /** The first page before anything is sent: a "no" is an ordinary problem then. */
  private async file(type: string, listing: Answer, request: Request, response: Response, next: CallHandler) {
    const { query } = request;
    const pageAfter = (cursor: unknown): Promise<Page<unknown>> => {
      const value = { ...query, limit: String(MOST_OF_A_PAGE), ...(cursor === undefined ? {} : { cursor }) };
      Object.defineProperty(request, 'query', { value, configurable: true });
      return lastValueFrom(next.handle()) as Promise<Page<unknown>>;
    };
    const done = this.admit(request);
    response.once('close', done);
    const first = await pageAfter(query['cursor']);
    const name = `${request.path.split('/').at(-1)}.${type === CSV ? 'csv' : 'ndjson'}`;
    const text = this.textOf(type, listing);
    return streamed(Readable.from(parts(first, pageAfter, text)), `${type}; charset=utf-8`, name);
  }

  private textOf(type: string, listing: Answer): (items: readonly unknown[], begins: boolean) => string {
    if (type === NDJSON) return (items) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
    const columns = columnsOf(listing, this.api?.answers.schemas ?? {});
    const line = (fields: readonly string[]) => `${csvLine(fields.map(harmless))}\r\n`;
    return (items, begins) =>
      (begins ? line(columns.map(titleOf)) : '') +
      items.map((item) => line(fieldsOf(item, columns))).join('');
  }

  private admit(request: Request): () => void {
    const who = principalOf(request)?.accountId ?? request.ip ?? '';
    const now = this.open.get(who) ?? 0;
    if (now >= EXPORTS_AT_ONCE) throw new ProblemError(tooMany, { headers: { 'retry-after': '10' } });
    this.open.set(who, now + 1);
    return () => {
      const left = (this.open.get(who) ?? 1) - 1;
      if (left > 0) this.open.set(who, left);
      else this.open.delete(who);
    };
  }
}

async function* parts(
  first: Page<unknown>,
  pageAfter: (cursor: unknown) => Promise<Page<unknown>>,
  text: (items: readonly unknown[], begins: boolean) => string,
): AsyncGenerator<string> {
  yield text(first.items, true);
  for (let { nextCursor } = first; nextCursor !== null; ) {
    const page = await pageAfter(nextCursor);
    yield text(page.items, false);
    ({ nextCursor } = page);
  }
}

const tooMany = failure('export.too-many', `You have ${EXPORTS_AT_ONCE} exports running already.`, {
  hint: 'wait until one is through',
  retry: 'safe',
});
