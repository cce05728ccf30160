import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/index.js';
import { MailModule } from '../infra/mail/mail.module.js';
import { QueueModule } from '../infra/queue/queue.module.js';
import { RefundTeller } from './orders/refund-teller.js';
import { BuyerMails } from './receipts/buyer-mails.js';
import { SalesJobs } from './sales.jobs.js';
import { SALES_UPKEEP_QUEUE, SalesUpkeep } from './upkeep.jobs.js';

/** What the shop does in the worker role: provisioning, settling payments, expiry, renewals. */
@Module({
  imports: [BillingModule, MailModule, QueueModule, BullModule.registerQueue({ name: SALES_UPKEEP_QUEUE })],
  providers: [BuyerMails, RefundTeller, SalesJobs, SalesUpkeep],
})
export class SalesWorkerModule {}
