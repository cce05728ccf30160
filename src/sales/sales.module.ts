import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/index.js';
import { AccessModule } from '../infra/http/access.module.js';
import { ImportsModule } from '../infra/http/imports/imports.module.js';
import { ProposalsModule } from '../infra/http/proposals/proposals.module.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { CatalogueDeskController } from './catalogue/catalogue-desk.controller.js';
import { ShopDeskController } from './catalogue/shop-desk.controller.js';
import { TariffController } from './catalogue/tariff.controller.js';
import { ContractsController } from './contracts/contracts.controller.js';
import { GoodsController } from './goods/goods.controller.js';
import { StockImports } from './goods/stock-import-kind.js';
import { NumbersController } from './numbers/numbers.controller.js';
import { PlanSource } from './numbers/plan-source.js';
import { OrderTopic } from './orders/order-topic.js';
import { OrdersController } from './orders/orders.controller.js';
import { RefundProposals } from './orders/refund-proposals.js';
import { RefundTeller } from './orders/refund-teller.js';
import { ShopOrdersController } from './orders/shop-orders.controller.js';

/** The shop's routes: for processes of the web role. */
@Module({
  imports: [AccessModule, BillingModule, ImportsModule, ProposalsModule],
  controllers: [
    CatalogueController,
    CatalogueDeskController,
    ContractsController,
    GoodsController,
    NumbersController,
    OrdersController,
    ShopDeskController,
    ShopOrdersController,
    TariffController,
  ],
  providers: [OrderTopic, PlanSource, RefundProposals, RefundTeller, StockImports],
})
export class SalesModule {}
