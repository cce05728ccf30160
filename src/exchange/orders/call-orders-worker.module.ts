import { Module } from '@nestjs/common';
import { OutboxModule } from '../../infra/outbox/outbox.module.js';
import { CallOrdersJobs } from './call-orders.jobs.js';
import { CallOrders } from './call-orders.js';

/** Takes up what other modules want called: for processes of the worker role. */
@Module({ imports: [OutboxModule], providers: [CallOrders, CallOrdersJobs], exports: [CallOrders] })
export class CallOrdersWorkerModule {}
