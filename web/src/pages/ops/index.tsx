import type { Area } from '../../app/area.js';
import {
  IconBox,
  IconCart,
  IconCheck,
  IconLock,
  IconSettings,
  IconTag,
  IconText,
} from '../../shared/icons.js';

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
    {
      path: '/ops/catalogue',
      load: () => import('./catalogue.js'),
      roles,
      nav: { name: 'catalogue', icon: <IconTag /> },
    },
    {
      path: '/ops/texts',
      load: () => import('./texts.js'),
      roles,
      nav: { name: 'texts', icon: <IconText /> },
    },
    {
      path: '/ops/rules',
      load: () => import('./rules.js'),
      roles,
      nav: { name: 'rules', icon: <IconSettings /> },
    },
    {
      path: '/ops/reserved-numbers',
      load: () => import('./reserved.js'),
      roles,
      nav: { name: 'reserved', icon: <IconLock /> },
    },
  ],
};
