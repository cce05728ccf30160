/** What other modules may use of sales. */
export { SalesModule } from './sales.module.js';
export { SalesWorkerModule } from './sales-worker.module.js';
