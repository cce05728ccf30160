/** What the CRM may use of the exchange. */

export { type SpokenLanguage, spokenLanguageOf, spokenLanguages } from './domain/language.js';
export { FROM, type RouteHours, scheduleOf, TO } from './domain/route-hours.js';
export { isOpen } from './domain/schedule.js';
export type { AgentWish, QueueService, QueueTarget, QueueVisitor, SuperviseMode } from './domain/service.js';
export { superviseModes } from './domain/service.js';
export { ExchangeModule } from './exchange.module.js';
export { wishFor } from './operators/operator-wishes.js';
export { callOver, callUnknown } from './operators/operators.failures.js';
export { houseOnly, reason as operatorsReason } from './operators/operators.fields.js';
export { type TrunkNow, trunksNow } from './operators/trunk-health.query.js';
export { CallOrders } from './orders/call-orders.js';
export { CallOrdersModule } from './orders/call-orders.module.js';
export type { CallOrderWanted } from './orders/domain/order-events.js';
export type { DirectCall } from './queues/direct-call.js';
export type { CallPhones, PhoneInUse } from './queues/phones-in-use.js';
export type {
  AgentAnswer,
  AgentAsks,
  AgentToRing,
  CallHands,
  Entered,
  QueueDesk,
  QueueHands,
  Supervised,
} from './queues/queue-desk.js';
export { QueueDoor } from './queues/queue-door.js';
export type { QueueNews } from './queues/queue-news.js';
export type { EnteredFacts, Placed, QueueWord } from './services/domain/queue-facts.js';
export { secureWav } from './voicemail/wav.js';
