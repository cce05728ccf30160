import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { MailModule } from '../infra/mail/mail.module.js';
import { QueueModule } from '../infra/queue/queue.module.js';
import { BillingJobs } from './billing.jobs.js';
import { BillingModule } from './billing.module.js';
import { ChecksMetrics } from './checks/checks.metrics.js';
import { HoldsMetrics } from './checks/holds.metrics.js';
import { NIGHTLY_QUEUE, NightlyProcessor } from './checks/nightly.jobs.js';
import { FraudMetrics } from './fraud/fraud.metrics.js';
import { FraudWatch } from './fraud/fraud-watch.js';
import { INVOICES_QUEUE, InvoiceFeeder, InvoicesProcessor } from './invoices/invoice.jobs.js';
import { BankFilePort } from './settlement/bank-file.port.js';
import { PAYMENT_PORT } from './settlement/payment-port.js';
import {
  MatchingJobs,
  PAYMENTS_QUEUE,
  PaymentFeeder,
  PaymentsProcessor,
} from './settlement/settlement.jobs.js';
import { TOP_UPS_QUEUE, TopUpsProcessor } from './top-ups/top-up.jobs.js';

/** What billing does in the worker role: charging, re-rating, matching, paying, invoicing, topping up, night checks. */
@Module({
  imports: [
    BillingModule,
    MailModule,
    QueueModule,
    BullModule.registerQueue(
      { name: PAYMENTS_QUEUE },
      { name: INVOICES_QUEUE },
      { name: TOP_UPS_QUEUE },
      { name: NIGHTLY_QUEUE },
    ),
  ],
  providers: [
    BillingJobs,
    FraudWatch,
    ChecksMetrics,
    HoldsMetrics,
    FraudMetrics,
    InvoiceFeeder,
    InvoicesProcessor,
    MatchingJobs,
    PaymentFeeder,
    PaymentsProcessor,
    NightlyProcessor,
    TopUpsProcessor,
    { provide: PAYMENT_PORT, useFactory: () => new BankFilePort() },
  ],
})
export class BillingWorkerModule {}
