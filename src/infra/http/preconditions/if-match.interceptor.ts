import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { failure } from '../../../kernel/result.js';
import { Db } from '../../db/db.js';
import { beside } from '../../db/tx.js';
import { ProblemError } from '../problem.js';
import { matches } from './etag.js';

const guarded: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);
/** Requests of one process that wait for their turn hold a connection each: not more than these. */
const AT_ONCE = 4;

/**
 * `If-Match` on what changes or removes something that can be read at the same path: it is done only while that still has the entity tag that
 * the caller has seen, else 412. Two who send it are served one after the other, so that the second hears of the first: no update is lost.
 * The tag is that of the answer itself (Express makes it of the body): no table needs a version for it.
 */
@Injectable()
export class IfMatchInterceptor implements NestInterceptor {
  private open = 0;

  constructor(private readonly db: Db) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const wanted = request.headers['if-match'];
    if (wanted === undefined || !guarded.has(request.method)) return next.handle();
    return from(this.unlessChanged(request, wanted, next));
  }

  private async unlessChanged(request: Request, wanted: string, next: CallHandler): Promise<unknown> {
    if (this.open >= AT_ONCE) throw new ProblemError(busy);
    this.open++;
    try {
      return await this.db.inTx(async (tx) => {
        const [turn] = await tx.rows<{ mine: boolean }>(
          'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine',
          [`if-match ${request.path}`],
        );
        const current = turn?.mine === true ? await tagNow(request) : undefined;
        if (current === undefined || !matches(wanted, current))
          throw new ProblemError(changed, { status: 412 });
        return beside(() => lastValueFrom(next.handle(), { defaultValue: undefined }));
      });
    } finally {
      this.open--;
    }
  }
}

/** Of what the caller himself would read there at this moment; undefined where there is nothing to be read. */
async function tagNow({ socket, path, headers }: Request): Promise<string | undefined> {
  const { localAddress = '', localPort = 0 } = socket;
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  const credentials = ['cookie', 'authorization'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const read = await fetch(`http://${host}:${localPort}${path}`, {
    headers: Object.fromEntries(credentials),
  });
  await read.body?.cancel();
  return read.ok ? (read.headers.get('etag') ?? undefined) : undefined;
}

const changed = failure(
  'precondition.failed',
  'It has been changed since you read it, or is being changed now.',
  {
    hint: 'read it again, then decide whether your change still holds',
  },
);
const busy = failure('precondition.unavailable', 'Too many changes with If-Match at this moment.', {
  hint: 'send it again in a moment',
  retry: 'safe',
});
