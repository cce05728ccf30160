import { Module } from '@nestjs/common';
import { BillingJobs } from './billing.jobs.js';
import { DeckVersionsController } from './deck-versions.controller.js';
import { DecksController } from './decks.controller.js';
import { LedgerController } from './ledger.controller.js';
import { RateBook } from './rate-book.service.js';
import { ReRatingsController } from './re-ratings.controller.js';

@Module({
  controllers: [DecksController, DeckVersionsController, LedgerController, ReRatingsController],
  providers: [{ provide: RateBook, useFactory: () => new RateBook() }, BillingJobs],
  exports: [RateBook],
})
export class BillingModule {}
