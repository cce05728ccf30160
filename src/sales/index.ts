/** What other modules may use of sales. */

export { putProduct } from './catalogue/product-desk.service.js';
export { putGoods } from './goods/goods.service.js';
export { type OrderOfHolder, ordersOfHolder } from './orders/orders-of-holder.js';
export { SalesModule } from './sales.module.js';
export { SalesWorkerModule } from './sales-worker.module.js';
