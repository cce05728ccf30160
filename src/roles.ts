import type { Type } from '@nestjs/common';
import type { Role } from './config.js';

type Loading = Promise<Type>;

const billing = (): Loading => import('./billing/billing.module.js').then((found) => found.BillingModule);

/**
 * What each role is made of. A module is loaded only when one of its roles is on; one that serves several roles is
 * listed under each (Nest keeps a single instance). Business modules are added here and nowhere else.
 */
export const roleModules: Readonly<Record<Role, readonly (() => Loading)[]>> = {
  web: [
    () => import('./infra/http/access.module.js').then((found) => found.AccessModule),
    () => import('./infra/http/events/events.module.js').then((found) => found.EventStreamModule),
    () => import('./membership/membership.module.js').then((found) => found.MembershipModule),
    () => import('./exchange/operators/operators.module.js').then((found) => found.OperatorsModule),
    () => import('./exchange/calls.module.js').then((found) => found.CallsModule),
    () => import('./exchange/explain/explain.module.js').then((found) => found.ExplainModule),
    () => import('./exchange/orders/call-orders.module.js').then((found) => found.CallOrdersModule),
    () => import('./exchange/desk.module.js').then((found) => found.DeskModule),
    () => import('./exchange/provisioning/provisioning.module.js').then((found) => found.ProvisioningModule),
    () => import('./exchange/voicemail/voicemail.module.js').then((found) => found.VoicemailModule),
    () => import('./membership/cards/cards.module.js').then((found) => found.CardsModule),
    () => import('./exchange/number-pages/number-pages.module.js').then((found) => found.NumberPagesModule),
    () => import('./exchange/phone/phone.module.js').then((found) => found.PhoneModule),
    () => import('./crm/queues/queues.module.js').then((found) => found.QueuesModule),
    billing,
    () => import('./sales/sales.module.js').then((found) => found.SalesModule),
    () => import('./crm/customers.module.js').then((found) => found.CustomersModule),
    () => import('./crm/reports.module.js').then((found) => found.ReportsModule),
    () => import('./crm/campaigns.module.js').then((found) => found.CampaignsModule),
    () => import('./console/console.module.js').then((found) => found.ConsoleModule),
    () => import('./crm/webhooks.module.js').then((found) => found.WebhooksModule),
  ],
  exchange: [
    () => import('./exchange/exchange.module.js').then((found) => found.ExchangeModule),
    () => import('./crm/queues/queues-exchange.module.js').then((found) => found.QueuesExchangeModule),
  ],
  worker: [
    () =>
      import('./exchange/orders/call-orders-worker.module.js').then((found) => found.CallOrdersWorkerModule),
    () => import('./infra/outbox/outbox-worker.module.js').then((found) => found.OutboxWorkerModule),
    () => import('./membership/membership-worker.module.js').then((found) => found.MembershipWorkerModule),
    () => import('./exchange/members/members-worker.module.js').then((found) => found.MembersWorkerModule),
    () => import('./infra/mail/mail-worker.module.js').then((found) => found.MailWorkerModule),
    () => import('./crm/queues/queues-worker.module.js').then((found) => found.QueuesWorkerModule),
    () => import('./exchange/push/push-worker.module.js').then((found) => found.PushWorkerModule),
    () => import('./billing/billing-worker.module.js').then((found) => found.BillingWorkerModule),
    () => import('./sales/sales-worker.module.js').then((found) => found.SalesWorkerModule),
    () => import('./crm/reports.module.js').then((found) => found.ReportsWorkerModule),
    () => import('./crm/campaigns.module.js').then((found) => found.CampaignsWorkerModule),
    () => import('./crm/webhooks.module.js').then((found) => found.WebhooksWorkerModule),
    () =>
      import('./exchange/voicemail/voicemail-worker.module.js').then((found) => found.VoicemailWorkerModule),
  ],
};

/** The modules of these roles, each once. */
export async function modulesOf(roles: ReadonlySet<Role>): Promise<readonly Type[]> {
  const loading = [...roles].flatMap((role) => roleModules[role].map((load) => load()));
  return [...new Set(await Promise.all(loading))];
}
