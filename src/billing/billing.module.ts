import { Module } from '@nestjs/common';
import { BillingJobs } from './billing.jobs.js';
import { RateBook } from './rate-book.service.js';

@Module({
  providers: [{ provide: RateBook, useFactory: () => new RateBook() }, BillingJobs],
  exports: [RateBook],
})
export class BillingModule {}
