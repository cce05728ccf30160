import { Module } from '@nestjs/common';
import { BillingJobs } from './billing.jobs.js';
import { DeckVersionsController } from './deck-versions.controller.js';
import { DecksController } from './decks.controller.js';
import { LedgerController } from './ledger.controller.js';
import { RateBook } from './rate-book.service.js';
import { ReRatingsController } from './re-ratings.controller.js';
import { TariffDesk } from './tariff-desk.service.js';

@Module({
  controllers: [DecksController, DeckVersionsController, LedgerController, ReRatingsController],
  providers: [{ provide: RateBook, useFactory: () => new RateBook() }, TariffDesk, BillingJobs],
  exports: [TariffDesk],
})
export class BillingModule {}
