import { Module } from '@nestjs/common';
import { CallOrdersController } from './call-orders.controller.js';
import { CallOrders } from './call-orders.js';
import { MemberCallsController } from './member-calls.controller.js';

/** Placing call orders, and their REST: for processes of the web role. */
@Module({
  controllers: [CallOrdersController, MemberCallsController],
  providers: [CallOrders],
  exports: [CallOrders],
})
export class CallOrdersModule {}
