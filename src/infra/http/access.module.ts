import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessSweep } from './access/access-sweep.js';
import { Attempts } from './access/attempts.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { AuditLogController } from './audit/audit-log.controller.js';
import { AuditLog } from './audit/audit-log.service.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { FirstOperator } from './sessions/first-operator.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';

/** Signing in, API keys and the API's own description: for processes of the web role. */
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionsController, ApiKeysController, OpenApiController, AuditLogController],
  providers: [Sessions, Attempts, ApiKeys, FirstOperator, AccessSweep, AuditLog],
  exports: [Sessions, Attempts],
})
export class AccessModule {}
