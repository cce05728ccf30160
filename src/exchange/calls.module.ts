import { Module } from '@nestjs/common';
import { CallsController } from './calls.controller.js';
import { CallsQuery } from './calls.query.js';

/** Call records over REST: for processes of the web role. */
@Module({ controllers: [CallsController], providers: [CallsQuery] })
export class CallsModule {}
