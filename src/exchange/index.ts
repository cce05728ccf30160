/** What the CRM may use of the exchange. */
export { CallOrders } from './orders/call-orders.js';
export { CallOrdersModule } from './orders/call-orders.module.js';
export type { CallOrderWanted } from './orders/domain/order-events.js';
