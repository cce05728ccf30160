import { Module } from '@nestjs/common';
import { DeckVersionsController } from './deck-versions.controller.js';
import { DecksController } from './decks.controller.js';
import { LedgerController } from './ledger.controller.js';
import { PartiesController } from './parties.controller.js';
import { RateBook } from './rate-book.service.js';
import { ReRatingsController } from './re-ratings.controller.js';
import { PaymentsController } from './settlement/payments.controller.js';
import { SettlementsController } from './settlement/settlements.controller.js';
import { TariffDesk } from './tariff-desk.service.js';

@Module({
  controllers: [
    DecksController,
    DeckVersionsController,
    LedgerController,
    PartiesController,
    PaymentsController,
    ReRatingsController,
    SettlementsController,
  ],
  providers: [{ provide: RateBook, useFactory: () => new RateBook() }, TariffDesk],
  exports: [TariffDesk, RateBook],
})
export class BillingModule {}
