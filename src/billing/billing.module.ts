import { Module } from '@nestjs/common';
import { SlowWork } from '../infra/db/slow-work.js';
import { ImportsModule } from '../infra/http/imports/imports.module.js';
import { ProposalsModule } from '../infra/http/proposals/proposals.module.js';
import { ChargesController } from './charges.controller.js';
import { ChecksController } from './checks/checks.controller.js';
import { DeckVersionsController } from './deck-versions.controller.js';
import { DecksController } from './decks.controller.js';
import { FraudAlertsController } from './fraud/fraud-alerts.controller.js';
import { FraudTopic } from './fraud/fraud-topic.js';
import { BillingImports } from './imports/billing-imports.js';
import { InvoiceRunsController } from './invoices/invoice-runs.controller.js';
import { InvoiceSetupController } from './invoices/invoice-setup.controller.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { SubscriptionsController } from './invoices/subscriptions.controller.js';
import { LedgerController } from './ledger.controller.js';
import { MemberCapsController } from './member-caps.controller.js';
import { PartiesController } from './parties.controller.js';
import { PayerProtectionController } from './payer-protection.controller.js';
import { PriceListController } from './price-list.controller.js';
import { BillingProposalKinds } from './proposals/billing-kinds.js';
import { ReRatingsController } from './re-ratings.controller.js';
import { PaymentsController } from './settlement/payments.controller.js';
import { SettlementsController } from './settlement/settlements.controller.js';
import { TariffModule } from './tariff.module.js';
import { taxIdRegistryProvider } from './tax-ids/tax-id-registry.provider.js';
import { TaxIds } from './tax-ids/tax-ids.service.js';
import { PaymentEventsController } from './top-ups/payment-events.controller.js';
import { TOP_UP_PORT } from './top-ups/top-up-port.js';
import { topUpPortProvider } from './top-ups/top-up-port.provider.js';
import { TopUpsController } from './top-ups/top-ups.controller.js';
import { VouchersController } from './top-ups/vouchers.controller.js';

@Module({
  controllers: [
    ChargesController,
    ChecksController,
    DecksController,
    DeckVersionsController,
    FraudAlertsController,
    InvoiceRunsController,
    InvoiceSetupController,
    InvoicesController,
    LedgerController,
    PartiesController,
    PaymentEventsController,
    MemberCapsController,
    PayerProtectionController,
    PaymentsController,
    PriceListController,
    ReRatingsController,
    SettlementsController,
    SubscriptionsController,
    TopUpsController,
    VouchersController,
  ],
  imports: [ImportsModule, ProposalsModule, TariffModule],
  providers: [
    SlowWork,
    TaxIds,
    taxIdRegistryProvider,
    topUpPortProvider,
    BillingImports,
    BillingProposalKinds,
    FraudTopic,
  ],
  exports: [TariffModule, SlowWork, TaxIds, TOP_UP_PORT],
})
export class BillingModule {}
