import { Module } from '@nestjs/common';
import { ChargesController } from './charges.controller.js';
import { DeckVersionsController } from './deck-versions.controller.js';
import { DecksController } from './decks.controller.js';
import { InvoiceRunsController } from './invoices/invoice-runs.controller.js';
import { InvoiceSetupController } from './invoices/invoice-setup.controller.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { SubscriptionsController } from './invoices/subscriptions.controller.js';
import { LedgerController } from './ledger.controller.js';
import { PartiesController } from './parties.controller.js';
import { RateBook } from './rate-book.service.js';
import { ReRatingsController } from './re-ratings.controller.js';
import { PaymentsController } from './settlement/payments.controller.js';
import { SettlementsController } from './settlement/settlements.controller.js';
import { TariffDesk } from './tariff-desk.service.js';

@Module({
  controllers: [
    ChargesController,
    DecksController,
    DeckVersionsController,
    InvoiceRunsController,
    InvoiceSetupController,
    InvoicesController,
    LedgerController,
    PartiesController,
    PaymentsController,
    ReRatingsController,
    SettlementsController,
    SubscriptionsController,
  ],
  providers: [{ provide: RateBook, useFactory: () => new RateBook() }, TariffDesk],
  exports: [TariffDesk, RateBook],
})
export class BillingModule {}
