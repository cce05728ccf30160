import { Module } from '@nestjs/common';
import { AccessSweep } from './access/access-sweep.js';
import { Attempts } from './access/attempts.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { FirstOperator } from './sessions/first-operator.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';

/** Signing in and API keys: for processes of the web role. */
@Module({
  controllers: [SessionsController, ApiKeysController],
  providers: [Sessions, Attempts, ApiKeys, FirstOperator, AccessSweep],
  exports: [Sessions, Attempts],
})
export class AccessModule {}
