import type { Area } from '../../app/area.js';
import { IconBox, IconCart, IconCheck } from '../../shared/icons.js';

const roles = ['operator'] as const;

/** The shop as its operator sees it. */
export const ops: Area = {
  name: 'ops',
  pages: [
    {
      path: '/ops/approvals',
      load: () => import('./approvals.js'),
      roles,
      nav: { name: 'approvals', icon: <IconCheck /> },
    },
    {
      path: '/ops/orders',
      load: () => import('./orders.js'),
      roles,
      nav: { name: 'orders', icon: <IconCart /> },
    },
    { path: '/ops/orders/:orderId', load: () => import('./order.js'), roles },
    {
      path: '/ops/stock',
      load: () => import('./stock.js'),
      roles,
      nav: { name: 'stock', icon: <IconBox /> },
    },
  ],
};
