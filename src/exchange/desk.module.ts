import { Module } from '@nestjs/common';
import { ImportsModule } from '../infra/http/imports/imports.module.js';
import { ProofsModule } from '../membership/index.js';
import { BansController } from './bans/bans.controller.js';
import { BranchesController } from './branches/branches.controller.js';
import { CarrierNamesController } from './carriers/carrier-names.controller.js';
import { CarrierPatternsController } from './carriers/carrier-patterns.controller.js';
import { CarriersController } from './carriers/carriers.controller.js';
import { CallHandlingController } from './members/call-handling.controller.js';
import { DevicesController } from './members/devices.controller.js';
import { IdentitiesController } from './members/identities.controller.js';
import { MemberCallsController } from './members/member-calls.controller.js';
import { ProofsController } from './members/proofs.controller.js';
import { CentresController } from './network/centres.controller.js';
import { TrunksController } from './network/trunks.controller.js';
import { CallOrdersModule } from './orders/call-orders.module.js';
import { PlanController } from './plan/plan.controller.js';
import { TerminalsController } from './provisioning/terminals.controller.js';
import { RetentionController } from './retention/retention.controller.js';
import { RoutesController } from './routes/routes.controller.js';
import { RouteImports } from './routes/routes-import-kind.js';

/**
 * The operator's desk over REST, and each member's own: what calls are routed by. For processes of the web role.
 * Of the members' controllers the one with `:kind` in its path comes last: the others' paths are their own.
 */
@Module({
  imports: [CallOrdersModule, ImportsModule, ProofsModule],
  controllers: [
    TrunksController,
    CentresController,
    RoutesController,
    CarriersController,
    CarrierNamesController,
    CarrierPatternsController,
    PlanController,
    BansController,
    BranchesController,
    RetentionController,
    DevicesController,
    TerminalsController,
    CallHandlingController,
    MemberCallsController,
    ProofsController,
    IdentitiesController,
  ],
  providers: [RouteImports],
})
export class DeskModule {}
