import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { validationPipe } from './validation.js';

/** The door of every process: each route is closed unless a policy opens it, input is parsed, errors are problems (RFC 9457). */
@Module({
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: validationPipe },
  ],
})
export class HttpModule {}
