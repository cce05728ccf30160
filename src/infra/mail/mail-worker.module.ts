import { Module } from '@nestjs/common';
import { MailMetrics } from './mail.metrics.js';
import { MailModule } from './mail.module.js';
import { MailDispatcher } from './mail-dispatcher.js';

/** Sending mail: for processes of the worker role. */
@Module({ imports: [MailModule], providers: [MailDispatcher, MailMetrics] })
export class MailWorkerModule {}
