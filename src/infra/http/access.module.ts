import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { SealingModule } from '../sealing/sealing.module.js';
import { AccessSweep } from './access/access-sweep.js';
import { Attempts } from './access/attempts.js';
import { LimitInterceptor } from './access/limit.interceptor.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { AuditLog } from './audit/audit-log.service.js';
import { ImportsModule } from './imports/imports.module.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { ProposalsModule } from './proposals/proposals.module.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactors } from './second-factor/second-factors.service.js';
import { FirstOperator } from './sessions/first-operator.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';

/** Signing in, API keys and the API's own description: for processes of the web role. */
@Module({
  imports: [DiscoveryModule, ImportsModule, ProposalsModule, SealingModule],
  controllers: [
    SessionsController,
    ApiKeysController,
    OpenApiController,
    AuditLogController,
    SecondFactorController,
  ],
  providers: [
    Sessions,
    Attempts,
    ApiKeys,
    FirstOperator,
    AccessSweep,
    AuditLog,
    SecondFactors,
    { provide: APP_INTERCEPTOR, useClass: LimitInterceptor },
  ],
  exports: [Sessions, Attempts],
})
export class AccessModule {}
