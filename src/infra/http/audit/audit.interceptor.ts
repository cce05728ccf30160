import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { concatMap, finalize, Observable } from 'rxjs';
import { Db } from '../../db/db.js';
import { withMark } from '../../db/mark.js';
import { LOG, type Log } from '../../log/log.js';
import { ChangeNews } from '../events/change-news.js';
import { writeAsked } from './audit.js';
import {
  type Asking,
  askingOf,
  isHarmless,
  markOf,
  notAudited,
  type PathTarget,
  targetOf,
} from './audit-mark.js';

/**
 * Every request that may change something runs under a mark by which the database's triggers write down who changed which row
 * from what to what, in the transaction of the change. A request that succeeded and changed no watched row (it hung up a call, it
 * wrote into Redis) is written down as asked for: no success is without an entry, whether its author thought of it or not. Then open pages
 * are told.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Db,
    private readonly news: ChangeNews,
    @Inject(LOG) private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || isHarmless(context)) return next.handle();
    const asking = askingOf(context);
    if (asking.action in notAudited) return next.handle();
    const mark = markOf(asking);
    return new Observable<unknown>((answer) =>
      withMark(mark, () =>
        next
          .handle()
          .pipe(
            concatMap(async (value: unknown) => {
              await this.atLeastAsked(asking, targetOf(context));
              this.news.asked(asking.policy);
              return value;
            }),
            finalize(() => {
              mark.open = false;
            }),
          )
          .subscribe(answer),
      ),
    );
  }

  /** The change is done: that the log could not be written doesn't undo it, and must not hide it from who asked. */
  private async atLeastAsked(asking: Asking, target: PathTarget): Promise<void> {
    await writeAsked(this.db, asking, target).catch((error: unknown) =>
      this.log.error({ err: error, asking, target }, 'audit entry not written'),
    );
  }
}
