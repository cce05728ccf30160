import { Module, type OnModuleInit } from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_INTERCEPTOR,
  APP_PIPE,
  DiscoveryModule,
  DiscoveryService,
} from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { Authenticator } from './access/authenticator.js';
import { AuditInterceptor } from './audit/audit.interceptor.js';
import { PageEventsModule } from './events/events.module.js';
import { ExportInterceptor } from './exports/export.interceptor.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency/idempotency.store.js';
import { AnswerCheck } from './openapi/answer-check.js';
import { IfMatchInterceptor } from './preconditions/if-match.interceptor.js';
import { ProblemFilter } from './problem.filter.js';
import { listRoutes } from './routes.js';
import { validationPipe } from './validation.js';

/** The door of every process: each route is closed unless a policy opens it, input is parsed, errors are problems (RFC 9457). */
@Module({
  imports: [DiscoveryModule, PageEventsModule],
  providers: [
    Authenticator,
    IdempotencyStore,
    { provide: APP_GUARD, useClass: AccessGuard },
    // Outermost: each of its pages goes through the others.
    { provide: APP_INTERCEPTOR, useClass: ExportInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AnswerCheck },
    { provide: APP_INTERCEPTOR, useClass: IfMatchInterceptor },
    // Inside the other: an answer that is only given again is no change.
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: validationPipe },
  ],
})
export class HttpModule implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const closed = listRoutes(this.discovery).filter((route) => route.policy === undefined);
    const names = closed.map((route) => `${route.method} ${route.path}`).join(', ');
    if (closed.length > 0) throw new Error(`routes without a policy, which nobody could call: ${names}`);
  }
}
