import { Module } from '@nestjs/common';
import { AccessSweep } from './access/access-sweep.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { FirstOperator } from './sessions/first-operator.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { Sessions } from './sessions/sessions.service.js';
import { SignInAttempts } from './sessions/sign-in-attempts.js';

/** Signing in and API keys: for processes of the web role. */
@Module({
  controllers: [SessionsController, ApiKeysController],
  providers: [Sessions, SignInAttempts, ApiKeys, FirstOperator, AccessSweep],
})
export class AccessModule {}
